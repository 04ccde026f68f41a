package dev.countersign.testsupport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A script of {@code src/test/browser} that drives Chromium against the packaged service. The variable {@code BROWSER} names the
 * folder that {@code src/test/browser/install} prints; without it the running test is skipped.
 */
public final class BrowserScript {

    private static final String FOLDER = "BROWSER";
    private static final int PATIENCE_SECONDS = 900;

    private final Path script;

    private BrowserScript(Path script) {
        this.script = script;
    }

    /** The script of this name, such as {@code loader.mjs}. */
    public static BrowserScript of(String name) {
        return new BrowserScript(Path.of("src", "test", "browser", name).toAbsolutePath());
    }

    /**
     * Runs one case of the script, and fails with its output where the case fails.
     *
     * @param settings what the case needs to know, such as the port of the service
     * @return all that the case printed
     */
    public String run(String name, Map<String, ?> settings) throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(List.of("node", script.toString(), name)).redirectErrorStream(true);
        builder.environment().put(FOLDER, require().toString());
        builder.environment().put("SETTINGS", new JsonObject(Map.copyOf(settings)).encode());
        Path output = Files.createTempFile("browser", ".log");
        Process process = builder.redirectOutput(output.toFile()).start();
        try {
            boolean ended = process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS);
            String printed = Files.readString(output);
            assertThat(ended).as("%s ends:\n%s", name, printed).isTrue();
            assertThat(process.exitValue()).as("%s:\n%s", name, printed).isZero();
            return printed;
        } finally {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
            Files.delete(output);
        }
    }

    private static Path require() {
        @Nullable String folder = System.getenv(FOLDER);
        assumeTrue(
                folder != null && Files.isExecutable(Path.of(folder, "chromium")),
                "skipped: no browser here; src/test/browser/install gets it");
        return Path.of(folder);
    }
}
