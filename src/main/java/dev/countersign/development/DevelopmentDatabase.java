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
 * Runs a PostgreSQL server for development, with its data in {@code .dev/postgres}. The server keeps running across
 * live reloads and stops with the service. If an earlier run was killed and left its server running, this run uses that
 * server.
 */
public final class DevelopmentDatabase {

    private static final Logger LOG = Logger.getLogger(DevelopmentDatabase.class);
    private static final String URL = "countersign.db.url";
    private static final int PORT_LINE = 3;
    private static final int CONNECT_MILLIS = 2000;

    private final Path data;

    /** @param data the folder of the server's data */
    DevelopmentDatabase(Path data) {
        this.data = data;
    }

    /** Starts the server and sets {@code countersign.db.url} to it, unless a database is configured. */
    public static void start() {
        if (System.getProperty(URL) != null || System.getenv("COUNTERSIGN_DB_URL") != null) {
            return;
        }
        Path data = Path.of(".dev", "postgres").toAbsolutePath();
        int port = new DevelopmentDatabase(data).run();
        System.setProperty(URL, "postgresql://localhost:" + port + "/postgres");
        LOG.infof("PostgreSQL for development runs on port %d, with its data in %s", port, data);
    }

    /** Uses the server that already runs on the data, or starts one. Returns the port. */
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

    /**
     * The running server, or null. After a crash another process may have its process id, so its port must answer too.
     */
    private @Nullable ProcessHandle findRunning() {
        try {
            ProcessHandle process = ProcessHandle.of(Long.parseLong(pidLines().get(0)))
                    .filter(ProcessHandle::isAlive)
                    .orElse(null);
            return process != null && answers(port()) ? process : null;
        } catch (IOException | NumberFormatException | IndexOutOfBoundsException e) {
            return null; // The file is missing or incomplete.
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
