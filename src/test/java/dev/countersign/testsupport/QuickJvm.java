package dev.countersign.testsupport;

import dev.countersign.testsupport.postgres.EmbeddedServers;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Options with which a JVM starts the packaged program in less time: only the fast compiler, and only for methods that run often,
 * the collector of the image, and an archive of the classes that the program loads. The first test that asks for the options of a
 * package makes its archive.
 */
final class QuickJvm {

    /**
     * The three thresholds of the fast compiler are five times as high as by default. Without a possible security manager, JDK 17 does
     * not look for the rights of each library to each class; later versions have none by default.
     */
    private static final List<String> ALWAYS = List.of(
            "-XX:TieredStopAtLevel=1",
            "-XX:Tier3InvocationThreshold=1000",
            "-XX:Tier3MinInvocationThreshold=500",
            "-XX:Tier3CompileThreshold=10000",
            "-XX:+UseSerialGC",
            "-Djava.security.manager=disallow");

    private static final String TRAINING = "-XX:ArchiveClassesAtExit=";

    private static final Path FOLDER = Path.of("target", "quick-jvm");

    /** The exit status of a process ended by force. */
    private static final int KILLED = 137;

    private static @Nullable List<String> options;

    private QuickJvm() {}

    /**
     * The options for the jar of this build, beside those of a test, which stay as they are.
     *
     * @param others the options of a test, empty if there are none
     */
    static List<String> options(Path jar, String others) throws IOException {
        return others.startsWith(TRAINING) ? ALWAYS : options(jar);
    }

    private static synchronized List<String> options(Path jar) throws IOException {
        List<String> made = options;
        if (made == null) {
            Path archive = archive(jar);
            made = Files.exists(archive)
                    ? Stream.concat(ALWAYS.stream(), Stream.of("-XX:SharedArchiveFile=" + archive))
                            .toList()
                    : ALWAYS;
            options = made;
        }
        return made;
    }

    /** Other processes may run tests of the same build. The first of them makes the archive, and the others wait for it. */
    private static Path archive(Path jar) throws IOException {
        Path archive = FOLDER.resolve("%d-%s.jsa"
                        .formatted(Files.getLastModifiedTime(jar).toMillis(), System.getProperty("java.vm.version")))
                .toAbsolutePath();
        Files.createDirectories(FOLDER);
        try (FileChannel lock =
                FileChannel.open(FOLDER.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            lock.lock();
            if (!Files.exists(archive)) {
                removeArchives();
                Path unfinished = FOLDER.resolve("unfinished").toAbsolutePath();
                train(unfinished);
                if (Files.exists(unfinished)) { // not every JVM can make one
                    Files.move(unfinished, archive, StandardCopyOption.ATOMIC_MOVE);
                }
            }
        }
        return archive;
    }

    private static void removeArchives() throws IOException {
        try (Stream<Path> files = Files.list(FOLDER)) {
            for (Path old :
                    files.filter(file -> file.toString().endsWith(".jsa")).toList()) {
                Files.delete(old);
            }
        }
    }

    /** The service loads what most tests need: it migrates a database, makes a key and ends. */
    private static void train(Path archive) throws IOException {
        Process trained;
        try (EmbeddedPostgres postgres = EmbeddedServers.start();
                PackagedService service = PackagedService.startMigrated(
                        postgres, Map.of(PackagedService.JVM_OPTIONS, TRAINING + archive))) {
            String keys = service.newProject("training");
            service.send("POST", keys, "{}");
            service.send("GET", keys, "");
            trained = service.process();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
        if (trained.onExit().join().exitValue() == KILLED) { // it took too long to write all of the archive
            Files.deleteIfExists(archive);
        }
    }
}
