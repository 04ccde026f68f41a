package dev.countersign.deploy.chart;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * A program that a test ran to its end.
 *
 * @param status its exit status
 * @param output its standard output
 * @param errors its standard error
 */
record Command(int status, String output, String errors) {

    private static final int PATIENCE_SECONDS = 120;

    /** Runs a program with more environment variables than those of the test. */
    static Command run(Map<String, String> environment, List<String> words) {
        Path output = null;
        Path errors = null;
        try {
            output = Files.createTempFile("output", ".txt");
            errors = Files.createTempFile("errors", ".txt");
            ProcessBuilder builder =
                    new ProcessBuilder(words).redirectOutput(output.toFile()).redirectError(errors.toFile());
            builder.environment().putAll(environment);
            Process process = builder.start();
            process.getOutputStream().close();
            if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
                throw new AssertionError("did not end: " + words + "\n" + text(errors));
            }
            return new Command(process.exitValue(), text(output), text(errors));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        } finally {
            delete(output);
            delete(errors);
        }
    }

    /** The standard output of a program that succeeded. */
    String succeeded() {
        if (status != 0) {
            throw new AssertionError("exit status " + status + "\n" + output + errors);
        }
        return output;
    }

    private static String text(Path file) throws IOException {
        return Files.readString(file, StandardCharsets.UTF_8);
    }

    private static void delete(Path file) {
        try {
            if (file != null) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
