package dev.countersign.packaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.lang.module.ModuleDescriptor.Version;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The package has no library version with a fault that src/test/resources/known-faults.txt lists. */
class KnownFaultsIT {

    private static final Path LIBRARIES = Path.of("target", "quarkus-app", "lib");
    private static final Path LIST = Path.of("src", "test", "resources", "known-faults.txt");

    @Test
    void everyLibraryHasTheFixedVersion() throws IOException {
        assumeTrue(Files.isDirectory(LIBRARIES), "an executable does not say what it was built from");
        List<String> jars = jars();

        assertThat(faults()).isNotEmpty().allSatisfy(fault -> {
            List<Version> packaged = versions(jars, fault.library());
            assertThat(packaged).as("%s is packaged", fault.library()).isNotEmpty();
            assertThat(packaged)
                    .as("%s has %s before %s", fault.library(), fault.name(), fault.mendedIn())
                    .allSatisfy(version -> assertThat(version).isGreaterThanOrEqualTo(fault.mendedIn()));
        });
    }

    private static List<Fault> faults() throws IOException {
        return Files.readAllLines(LIST).stream()
                .filter(line -> !line.isBlank() && !line.startsWith("#"))
                .map(line -> line.split("\\s+"))
                .map(words -> new Fault(words[0].replace(':', '.'), Version.parse(words[1]), words[2]))
                .toList();
    }

    private static List<String> jars() throws IOException {
        try (Stream<Path> files = Files.walk(LIBRARIES)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".jar"))
                    .toList();
        }
    }

    private static List<Version> versions(List<String> jars, String library) {
        Pattern name = Pattern.compile(Pattern.quote(library) + "-(\\d[^-]*)\\.jar");
        return jars.stream()
                .map(name::matcher)
                .filter(Matcher::matches)
                .map(match -> Version.parse(match.group(1)))
                .toList();
    }

    /**
     * A line of the list.
     *
     * @param library its group and its artifact
     * @param mendedIn the first version without the fault
     */
    private record Fault(String library, Version mendedIn, String name) {}
}
