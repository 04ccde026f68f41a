package dev.countersign.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The table of a fault run: the fault, the acknowledged keys, and the keys found afterwards. */
final class Report {

    private final List<String> rows = new ArrayList<>(List.of(
            "| fault | times | acknowledged | found | lost | twice | refused but there | 503 | broken off | slowest answer"
                    + " | served again after |",
            "|---|---|---|---|---|---|---|---|---|---|---|"));

    private final Path file;

    /** An empty report. */
    Report(String name) {
        file = Path.of("target", "faults", name + ".md");
    }

    /** Compares the answers of a load with the stored keys, and adds a row. Fails if a key is lost. */
    void add(String fault, Load load, List<Duration> recoveries) {
        Map<String, Integer> listed = load.listed();
        var keys = load.acknowledged().keySet();
        long found = keys.stream().filter(listed::containsKey).count();
        List<String> twice = listed.keySet().stream()
                .filter(key -> !key.equals("Default") && listed.get(key) > 1)
                .toList();
        List<String> unwanted =
                load.refused().stream().filter(listed::containsKey).toList();
        rows.add(String.format(
                Locale.ROOT,
                "| %s | %d | %d | %d | %d | %d | %d | %d | %d | %s | %s |",
                fault,
                recoveries.size(),
                keys.size(),
                found,
                keys.size() - found,
                twice.size(),
                unwanted.size(),
                load.unavailable(),
                load.broken(),
                millis(load.slowest()),
                recoveries.stream().map(Report::millis).toList()));
        assertThat(keys).as("acknowledged under load").isNotEmpty();
        assertThat(load.refused()).as("refused under load").isNotEmpty();
        assertThat(listed.keySet()).as("every key that was answered 201").containsAll(keys);
        assertThat(twice).as("keys that exist more than once").isEmpty();
        assertThat(unwanted).as("names that were answered 4xx").isEmpty();
        assertThat(load.wrong())
                .as("answers that are neither 201, 4xx nor a complete 503")
                .isEmpty();
    }

    /** Prints the table and writes it to a file. */
    void publish() throws IOException {
        Files.createDirectories(file.getParent());
        Files.write(file, rows);
        System.out.println(String.join("\n", rows));
    }

    private static String millis(Duration duration) {
        return duration.toMillis() + " ms";
    }
}
