package dev.countersign.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.testsupport.CommandRun;
import dev.countersign.testsupport.PackagedService;
import dev.countersign.testsupport.postgres.OwnPostgres;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Exports with a line of two gigabytes, which the packaged program reads with a heap of 48 MB. */
class EndlessLineIT {

    private static final int MEGABYTES = 2_048;
    private static final int PATIENCE_SECONDS = 120;

    @RegisterExtension
    static final OwnPostgres POSTGRES = new OwnPostgres();

    @TempDir
    Path folder;

    @BeforeAll
    static void migrate() throws Exception {
        assertThat(CommandRun.packaged(environment(), "migrate").status()).isZero();
    }

    private static Map<String, String> environment() {
        Map<String, String> environment = new HashMap<>(PackagedService.environment(POSTGRES.server()));
        environment.put("JAVA_TOOL_OPTIONS", "-Xmx48m");
        return environment;
    }

    /** What the program needs must not be so long. What it does not take, such as events, may be. */
    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    [\\n{"model": "sentry.projectkey", "fields": {"label": "          | "}}]        | -: Line 2: the object is longer than 4194304 bytes
                    [\\n{"model": "sentry.team", "x": 1, "fields": {"slug": "        | "}}]        | -: Line 2: the object is longer than 4194304 bytes
                    [\\n{"fields": {"label": "                                        | "}}]        | -: Line 2: the object is longer than 4194304 bytes
                    [\\n{"model": "                                                   | "}]         | -: Line 2: the object is longer than 4194304 bytes
                    [\\n{"model": "sentry.event", "fields": {"data": "                | "}}]        | The file has no organization
                    --\\nCOPY public.projects_projectkey (id, data) FROM stdin;\\n1\\t | \\n\\\\.\\n | -: Line 3: the row is longer than 4194304 characters
                    --\\nCOPY public.issue_events (id, data) FROM stdin;\\n1\\t        | \\n\\\\.\\n | -: The dump has no table of GlitchTip's client keys
                    """)
    void lineOfAnyLengthTakesBoundedMemory(String begin, String end, String fault) throws Exception {
        Path err = folder.resolve("err");
        Process process = CommandRun.start(environment(), folder.resolve("out"), err, "import", "-");
        try {
            write(process.getOutputStream(), begin.translateEscapes(), end.translateEscapes());
            assertThat(process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
        } finally {
            process.destroyForcibly();
        }

        assertThat(Files.readAllLines(err)).last().isEqualTo(fault);
        assertThat(process.exitValue()).isEqualTo(2);
    }

    private static void write(OutputStream input, String begin, String end) {
        byte[] megabyte = new byte[1 << 20];
        Arrays.fill(megabyte, (byte) 'x');
        try (input) {
            input.write(begin.getBytes(StandardCharsets.UTF_8));
            for (int i = 0; i < MEGABYTES; i++) {
                input.write(megabyte);
            }
            input.write(end.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            // The program has refused the rest, and says so.
        }
    }
}
