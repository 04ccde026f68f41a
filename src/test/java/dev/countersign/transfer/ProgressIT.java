package dev.countersign.transfer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.countersign.testsupport.CommandRun;
import dev.countersign.testsupport.PackagedService;
import dev.countersign.testsupport.Poll;
import dev.countersign.testsupport.postgres.OwnPostgres;
import dev.countersign.testsupport.postgres.PostgresProxy;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** A long import tells its progress: a bar on a terminal, otherwise a line a second. The database hangs while the test reads. */
class ProgressIT {

    @RegisterExtension
    static final OwnPostgres POSTGRES = new OwnPostgres();

    private static final int KEYS = 20_000;
    private static final int PATIENCE_SECONDS = 120;
    private static final Pattern BAR = Pattern.compile("\r([a-z]+) \\[#*\\.*] [0-9]+ %, [0-9]+ rows\u001b\\[K");
    private static final Pattern LINE = Pattern.compile("reading [0-9]+ %, [0-9]+ rows");

    @TempDir
    Path folder;

    private PostgresProxy network;
    private CompletableFuture<Void> hangs;

    @BeforeEach
    void migrate() throws Exception {
        POSTGRES.createDatabase("progress");
        network = new PostgresProxy(POSTGRES.server().getPort());
        assertThat(CommandRun.packaged(environment(), "migrate").status()).isZero();
        hangs = network.hangAt("copy ", false);
    }

    @AfterEach
    void close() throws IOException {
        network.resume();
        network.close();
    }

    @Test
    void terminalShowsABarThatIsTakenAway() throws Exception {
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/script")), "skipped: no program script of util-linux is here");
        Path out = folder.resolve("terminal");
        String program = Stream.concat(
                        PackagedService.program(environment()).stream(),
                        Stream.of(
                                "import",
                                ManyKeys.write(folder.resolve("export.json"), KEYS)
                                        .toString()))
                .map(argument -> "'" + argument + "'")
                .collect(Collectors.joining(" "));
        Process process = start(List.of("/usr/bin/script", "-qec", program, "/dev/null"), out);

        hangs.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        Poll.until(() -> read(out), text -> BAR.matcher(text).results().anyMatch(bar -> bar.group(1)
                .equals("reading")));
        network.resume();

        assertThat(process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
        String shown = read(out);
        assertThat(process.exitValue()).as(shown).isZero();
        assertThat(BAR.matcher(shown).results().map(bar -> bar.group(1))).contains("reading");
        assertThat(shown).contains("\r\u001b[K", KEYS + " client keys");
    }

    @Test
    void elsewhereALineASecondIsPrinted() throws Exception {
        Path err = folder.resolve("err");
        Process process = CommandRun.start(
                environment(),
                folder.resolve("out"),
                err,
                "import",
                ManyKeys.write(folder.resolve("export.json"), KEYS).toString());

        hangs.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        Poll.until(() -> read(err), text -> LINE.matcher(text).results().count() >= 2);
        network.resume();

        assertThat(process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
        String printed = read(err);
        assertThat(process.exitValue()).as(printed).isZero();
        assertThat(printed.lines().filter(line -> LINE.matcher(line).matches())).hasSizeGreaterThanOrEqualTo(2);
        assertThat(printed).doesNotContain("\r", "\u001b", "#");
        assertThat(read(folder.resolve("out"))).contains(KEYS + " client keys");
    }

    private Process start(List<String> command, Path out) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(new ArrayList<>(command))
                .redirectErrorStream(true)
                .redirectOutput(out.toFile());
        builder.environment().keySet().removeIf(name -> name.startsWith("COUNTERSIGN_") || name.startsWith("QUARKUS_"));
        builder.environment().putAll(environment());
        return builder.start();
    }

    private static String read(Path file) {
        try {
            return Files.exists(file) ? Files.readString(file) : "";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Map<String, String> environment() {
        Map<String, String> environment = new HashMap<>(PackagedService.environment(network.port(), "progress"));
        environment.put("COUNTERSIGN_INGEST_ENDPOINT", "https://ingest.example.com");
        return environment;
    }
}
