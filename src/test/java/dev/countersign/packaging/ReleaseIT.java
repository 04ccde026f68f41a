package dev.countersign.packaging;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The lists of libraries of a release name the packaged libraries: docs/release.md. */
@Tag("release")
class ReleaseIT {

    private static final Path RELEASE = Path.of("target", "release");
    private static final Path LIBRARIES = Path.of("target", "quarkus-app", "lib");

    /** A dependency that Quarkus leaves out of the package. */
    private static final String LEFT_OUT = "io.quarkus.quarkus-ide-launcher-";

    @Test
    void billOfMaterialsNamesExactlyThePackagedLibraries() throws IOException {
        List<String> named = components().map(ReleaseIT::fileName).toList();

        assertThat(packaged()).hasSizeGreaterThan(100);
        assertThat(named)
                .filteredOn(name -> !name.startsWith(LEFT_OUT))
                .containsExactlyInAnyOrderElementsOf(packaged());
    }

    @Test
    void billOfMaterialsNamesLicenceAndHashOfEveryLibrary() throws IOException {
        assertThat(components()).allSatisfy(library -> {
            assertThat(library.path("licenses")).as(fileName(library)).isNotEmpty();
            assertThat(library.path("hashes")).as(fileName(library)).isNotEmpty();
        });
    }

    @Test
    void thirdPartyLicencesNameEveryLibrary() throws IOException {
        String licences = Files.readString(RELEASE.resolve("THIRD-PARTY.txt"));

        assertThat(components()).allSatisfy(library -> assertThat(licences)
                .contains("(%s:%s:%s - "
                        .formatted(
                                library.path("group").asText(),
                                library.path("name").asText(),
                                library.path("version").asText())));
    }

    private static Stream<JsonNode> components() throws IOException {
        JsonNode components =
                new JsonMapper().readTree(billOfMaterials().toFile()).path("components");
        return StreamSupport.stream(components.spliterator(), false);
    }

    private static Path billOfMaterials() throws IOException {
        try (Stream<Path> files = Files.list(RELEASE)) {
            List<Path> found = files.filter(file -> file.toString().endsWith("-cyclonedx.json"))
                    .toList();
            assertThat(found).hasSize(1);
            return found.get(0);
        }
    }

    /** The file name of a library in the package: group, name, version and classifier, if any. */
    private static String fileName(JsonNode library) {
        String classifier = library.path("purl").asText().replaceFirst("^(?:.*[?&]classifier=([^&]+))?.*$", "$1");
        return library.path("group").asText() + "." + library.path("name").asText() + "-"
                + library.path("version").asText() + (classifier.isEmpty() ? "" : "-" + classifier) + ".jar";
    }

    private static List<String> packaged() throws IOException {
        try (Stream<Path> files = Files.walk(LIBRARIES)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".jar"))
                    .toList();
        }
    }
}
