package dev.countersign.testsupport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A script of {@code src/test/browser} that drives Chromium against the packaged service. The variable {@code BROWSER} names the
 * folder that {@code src/test/browser/install} prints; without it the running test is skipped. All cases of this process share
 * one Chromium, which ends with this process. Each case has contexts of its own.
 */
public final class BrowserScript {

    private static final String FOLDER = "BROWSER";
    private static final Path SCRIPTS = Path.of("src", "test", "browser").toAbsolutePath();
    private static final int PATIENCE_SECONDS = 900;

    private static @Nullable Process chromium;
    private static String chromiumAddress = "";

    private final Path script;

    private BrowserScript(Path script) {
        this.script = script;
    }

    /** The script of this name, such as {@code loader.mjs}. */
    public static BrowserScript of(String name) {
        return new BrowserScript(SCRIPTS.resolve(name));
    }

    /**
     * Runs one case of the script, and fails with its output where the case fails.
     *
     * @param settings what the case needs to know, such as the port of the service
     * @return all that the case printed
     */
    public String run(String name, Map<String, ?> settings) throws IOException, InterruptedException {
        ProcessBuilder builder = node(script, name).redirectErrorStream(true);
        builder.environment().put("CHROMIUM", chromium());
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

    /** The address of a running Chromium. A new one is started in place of one that has ended. */
    private static synchronized String chromium() throws IOException {
        Process running = chromium;
        if (running == null || !running.isAlive()) {
            running = node(SCRIPTS.resolve("serve.mjs"))
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            chromiumAddress =
                    String.valueOf(running.inputReader(StandardCharsets.UTF_8).readLine());
            if (!chromiumAddress.startsWith("ws://")) {
                running.destroy();
                throw new IOException("Chromium gave no address: " + chromiumAddress);
            }
            chromium = running;
        }
        return chromiumAddress;
    }

    private static ProcessBuilder node(Path script, String... arguments) {
        ProcessBuilder builder = new ProcessBuilder("node", script.toString());
        builder.command().addAll(List.of(arguments));
        builder.environment().put(FOLDER, require().toString());
        return builder;
    }

    private static Path require() {
        @Nullable String folder = System.getenv(FOLDER);
        assumeTrue(
                folder != null && Files.isExecutable(Path.of(folder, "chromium")),
                "skipped: no browser here; src/test/browser/install gets it");
        return Path.of(folder);
    }
}
