package dev.countersign.development;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jboss.logging.Logger;

/**
 * The PostgreSQL of development: kept under {@code .dev/postgres}, and left running across live reloads. A server that
 * an earlier run left behind is used again.
 */
public final class DevelopmentDatabase {

    private static final Logger LOG = Logger.getLogger(DevelopmentDatabase.class);
    private static final String URL = "countersign.db.url";
    private static final Path DATA = Path.of(".dev", "postgres").toAbsolutePath();
    private static final int PORT_LINE = 3;

    private DevelopmentDatabase() {}

    /** Starts it, unless a database is configured, and tells the configuration where it is. */
    public static void start() {
        if (System.getProperty(URL) != null || System.getenv("COUNTERSIGN_DB_URL") != null) {
            return;
        }
        int port = runningPort();
        if (port == 0) {
            port = startServer();
        }
        System.setProperty(URL, "postgresql://localhost:" + port + "/postgres");
        LOG.infof("PostgreSQL of development on port %d, data in %s", port, DATA);
    }

    private static int startServer() {
        try {
            Files.createDirectories(DATA);
            Files.deleteIfExists(pidFile());
            return EmbeddedPostgres.builder()
                    .setDataDirectory(DATA)
                    .setCleanDataDirectory(false)
                    .setServerConfig("fsync", "on")
                    .start()
                    .getPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static int runningPort() {
        try {
            List<String> lines = Files.isRegularFile(pidFile()) ? Files.readAllLines(pidFile()) : List.of();
            boolean alive = lines.size() > PORT_LINE
                    && ProcessHandle.of(Long.parseLong(lines.get(0).strip()))
                            .map(ProcessHandle::isAlive)
                            .orElse(false);
            return alive ? Integer.parseInt(lines.get(PORT_LINE).strip()) : 0;
        } catch (IOException | NumberFormatException e) {
            return 0;
        }
    }

    private static Path pidFile() {
        return DATA.resolve("postmaster.pid");
    }
}
