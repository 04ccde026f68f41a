package dev.countersign.migration;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The list of migrations names the files in the resources. */
class MigrationScriptsTest {

    @Test
    void listNamesEveryScriptInOrder() throws IOException {
        try (Stream<Path> files = Files.list(Path.of("src/main/resources", MigrationScripts.FOLDER))) {
            List<String> names = files.map(file -> file.getFileName().toString())
                    .sorted(Comparator.comparingInt(MigrationScriptsTest::version))
                    .toList();

            assertThat(MigrationScripts.NAMES).isEqualTo(names);
        }
    }

    private static int version(String name) {
        return Integer.parseInt(name.substring(1, name.indexOf("__")));
    }
}
