package dev.countersign.testsupport.postgres;

import dev.countersign.testsupport.Poll;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Data directories of new servers, copied from one that initdb has made for all tests of this process. Initdb takes ten times as
 * long as a copy.
 */
final class EmptyData {

    private static @Nullable Path original;

    private EmptyData() {}

    /** A new data directory. */
    static Path copy() throws IOException {
        return copy(original());
    }

    /** A copy of the data directory of a server that has ended. */
    static Path copy(Path from) throws IOException {
        Path to = Files.createTempDirectory("postgres");
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.toList()) {
                Path copied = to.resolve(from.relativize(file));
                Files.copy(file, copied, StandardCopyOption.COPY_ATTRIBUTES, StandardCopyOption.REPLACE_EXISTING);
            }
        }
        return to;
    }

    /** Starts a server on a data directory, which stays when the server is closed. */
    static EmbeddedPostgres start(Path data) throws IOException {
        return EmbeddedServers.builder()
                .setDataDirectory(data)
                .setCleanDataDirectory(false)
                .start();
    }

    /** Stops a server and waits for its end. The embedded server waits for five seconds alone; a busy disk takes longer. */
    static void stop(EmbeddedPostgres server, Path data) throws IOException {
        server.close();
        if (Poll.until(() -> Files.exists(data.resolve("postmaster.pid")), isRunning -> !isRunning)) {
            throw new IOException("PostgreSQL does not stop: " + data);
        }
    }

    /** Removes a data directory. */
    static void remove(Path data) throws IOException {
        List<Path> files;
        try (Stream<Path> walk = Files.walk(data)) {
            files = walk.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path file : files) {
            Files.deleteIfExists(file);
        }
    }

    private static synchronized Path original() throws IOException {
        Path made = original;
        if (made == null) {
            Path data = Files.createTempDirectory("postgres");
            removeAtTheEnd(data);
            stop(start(data), data);
            original = data;
            made = data;
        }
        return made;
    }

    /** Removes a data directory when this process ends. */
    static void removeAtTheEnd(Path data) {
        Runtime.getRuntime()
                .addShutdownHook(new Thread(
                        () -> {
                            try {
                                remove(data);
                            } catch (IOException e) {
                                throw new UncheckedIOException(e);
                            }
                        },
                        "remove " + data));
    }
}
