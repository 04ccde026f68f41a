package dev.countersign.development;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * The PostgreSQL of development: kept under {@code .dev/postgres}, left running across live reloads, and stopped with
 * the service. A server that an earlier run left behind, killed before it could stop it, is used again.
 */
public final class DevelopmentDatabase {

    private static final Logger LOG = Logger.getLogger(DevelopmentDatabase.class);
    private static final String URL = "countersign.db.url";
    private static final int PORT_LINE = 3;
    private static final int CONNECT_MILLIS = 2000;

    private final Path data;

    /** @param data the folder of its data */
    DevelopmentDatabase(Path data) {
        this.data = data;
    }

    /** Starts it, unless a database is configured, and tells the configuration where it is. */
    public static void start() {
        if (System.getProperty(URL) != null || System.getenv("COUNTERSIGN_DB_URL") != null) {
            return;
        }
        Path data = Path.of(".dev", "postgres").toAbsolutePath();
        int port = new DevelopmentDatabase(data).run();
        System.setProperty(URL, "postgresql://localhost:" + port + "/postgres");
        LOG.infof("PostgreSQL of development on port %d, data in %s", port, data);
    }

    /** Takes over the server that runs on the data, or starts one; answers its port. */
    int run() {
        try {
            ProcessHandle running = findRunning();
            if (running == null) {
                return startServer();
            }
            Runtime.getRuntime().addShutdownHook(new Thread(running::destroy, "stop PostgreSQL"));
            return port();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private int startServer() throws IOException {
        Files.createDirectories(data);
        Files.deleteIfExists(pidFile());
        return EmbeddedPostgres.builder()
                .setDataDirectory(data)
                .setCleanDataDirectory(false)
                .setServerConfig("fsync", "on")
                .setServerConfig("synchronous_commit", "on")
                .start()
                .getPort();
    }

    /** After a crash the number of its process may be another's by now: only a port that answers is a server. */
    private @Nullable ProcessHandle findRunning() {
        try {
            ProcessHandle process = ProcessHandle.of(Long.parseLong(pidLines().get(0)))
                    .filter(ProcessHandle::isAlive)
                    .orElse(null);
            return process != null && answers(port()) ? process : null;
        } catch (IOException | NumberFormatException | IndexOutOfBoundsException e) {
            return null; // none, or half written
        }
    }

    private int port() throws IOException {
        return Integer.parseInt(pidLines().get(PORT_LINE));
    }

    private List<String> pidLines() throws IOException {
        return Files.readAllLines(pidFile()).stream().map(String::strip).toList();
    }

    private Path pidFile() {
        return data.resolve("postmaster.pid");
    }

    private static boolean answers(int port) {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), CONNECT_MILLIS);
            return true;
        } catch (IOException e) {
            return false;
        }
    }
}
