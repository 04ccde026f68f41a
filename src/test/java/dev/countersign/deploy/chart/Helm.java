package dev.countersign.deploy.chart;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The program that the environment variable HELM names, or else the helm on the PATH. */
final class Helm {

    static final Path CHART = Path.of("deploy", "helm", "countersign");

    /** The sets of values that the chart is rendered and installed with. */
    static final List<String> SETS = List.of("minimal", "everything", "production");

    private final Path program;
    private final Path home;

    private Helm(Path program, Path home) {
        this.program = program;
        this.home = home;
    }

    /** Skips the test where no helm is installed. Helm keeps its own files in the given folder. */
    static Helm in(Path home) {
        Optional<Path> program = Optional.ofNullable(System.getenv("HELM"))
                .filter(named -> !named.isBlank())
                .map(Path::of)
                .or(Helm::onThePath);
        assumeTrue(program.isPresent(), "skipped: no helm here; HELM or the PATH would name it");
        return new Helm(program.orElseThrow(), home);
    }

    /** Runs helm to its end. */
    Command run(String... words) {
        return run(List.of(words));
    }

    Command run(List<String> words) {
        return Command.run(
                Map.of(
                        "HELM_CACHE_HOME", home.resolve("cache").toString(),
                        "HELM_CONFIG_HOME", home.resolve("config").toString(),
                        "HELM_DATA_HOME", home.resolve("data").toString()),
                words(List.of(program.toString()), words));
    }

    /** The options that name the chart and one of its sets of values. */
    static List<String> chartWith(String set, String... more) {
        return words(List.of(CHART.toString()), valuesAnd(set, more));
    }

    /** One list of words after the other. */
    static List<String> words(List<String> first, List<String> second) {
        return Stream.concat(first.stream(), second.stream()).toList();
    }

    /** The options that name one of the sets of values, and more options. */
    static List<String> valuesAnd(String set, String... more) {
        Path values = CHART.resolve(Path.of("ci", set + "-values.yaml"));
        return words(List.of("--values", values.toString()), List.of(more));
    }

    private static Optional<Path> onThePath() {
        return Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
                .map(folder -> Path.of(folder, "helm"))
                .filter(Files::isExecutable)
                .findFirst();
    }
}
