package dev.countersign.gateways;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

/** The programs of gateways: those in the folder that the variable {@code GATEWAYS} names, then those of the machine. */
final class Programs {

    private static final String FOLDER = "GATEWAYS";

    private Programs() {}

    /** The file of a program. Without one the running test is skipped. */
    static Path require(String name) {
        Optional<Path> program = find(name);
        assumeTrue(program.isPresent(), "skipped: no " + name + " here; src/test/gateways/install gets it");
        return program.get();
    }

    private static Optional<Path> find(String name) {
        return folders()
                .map(folder -> Path.of(folder).resolve(name))
                .filter(Files::isExecutable)
                .findFirst();
    }

    private static Stream<String> folders() {
        return Stream.of(
                        Optional.ofNullable(System.getenv(FOLDER)).stream(),
                        Stream.of(System.getenv("PATH").split(File.pathSeparator)),
                        Stream.of("/usr/sbin"))
                .flatMap(folder -> folder);
    }
}
