package dev.countersign.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** docs/configuration.md lists exactly the settings of the service. */
class ConfigurationTest {

    private static final Pattern ROW = Pattern.compile("(?m)^\\| `([^`]+)` \\| `([^`]+)` \\|");
    private static final List<MatchResult> ROWS = ROW.matcher(DeployFiles.text(Path.of("docs", "configuration.md")))
            .results()
            .toList();

    @Test
    void documentListsExactlyTheSettings() {
        assertThat(ROWS)
                .extracting(row -> row.group(1))
                .doesNotHaveDuplicates()
                .filteredOn(name -> name.startsWith("countersign."))
                .containsExactlyInAnyOrderElementsOf(
                        Stream.concat(SettingNames.properties().stream(), SettingNames.ofIssuers().stream())
                                .toList());
    }

    @Test
    void everyVariableBelongsToItsProperty() {
        assertThat(ROWS).isNotEmpty().allSatisfy(row -> assertThat(row.group(2))
                .isEqualTo(row.group(1).toUpperCase(Locale.ROOT).replaceAll("[^A-Z0-9]", "_")));
    }
}
