package dev.countersign.testsupport;

import dev.countersign.command.Command;
import dev.countersign.command.CommandSettings;
import dev.countersign.command.Commands;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * A run of a command, in this process or packaged, that has ended.
 *
 * @param status the exit status
 * @param out standard output
 * @param err standard error
 */
public record CommandRun(int status, String out, String err) {

    private static final int PATIENCE_SECONDS = 120;

    /** Runs one of some commands in this process, with settings by their properties. */
    public static CommandRun inProcess(List<Command> commands, Map<String, String> settings, String... arguments) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        int status = new Commands(commands, new CommandSettings(settings), stream(out), stream(err)).run(arguments);
        return new CommandRun(status, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }

    /** The settings of a database, for {@link #inProcess}. */
    public static Map<String, String> settings(EmbeddedPostgres postgres) {
        return Map.of(
                "countersign.db.url",
                "postgresql://localhost:" + postgres.getPort() + "/postgres",
                "countersign.db.username",
                "postgres",
                "countersign.db.password",
                "postgres",
                "countersign.ingest.endpoint",
                "https://sentry.io");
    }

    /** Runs the packaged program, jar or executable, with an environment. */
    public static CommandRun packaged(Map<String, String> environment, String... arguments)
            throws IOException, InterruptedException {
        Path out = Files.createTempFile("command", ".out");
        Path err = Files.createTempFile("command", ".err");
        try {
            Process process = start(environment, out, err, arguments);
            if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new AssertionError("The command did not end: " + Files.readString(err));
            }
            return new CommandRun(process.exitValue(), Files.readString(out), Files.readString(err));
        } finally {
            Files.delete(out);
            Files.delete(err);
        }
    }

    /** Starts the packaged program with its output in files. */
    public static Process start(Map<String, String> environment, Path out, Path err, String... arguments)
            throws IOException {
        List<String> command = new ArrayList<>(PackagedService.program(environment));
        command.addAll(List.of(arguments));
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectOutput(out.toFile()).redirectError(err.toFile());
        builder.environment().keySet().removeIf(name -> name.startsWith("COUNTERSIGN_") || name.startsWith("QUARKUS_"));
        builder.environment().putAll(environment);
        return builder.start();
    }

    private static PrintStream stream(ByteArrayOutputStream bytes) {
        return new PrintStream(bytes, true, StandardCharsets.UTF_8);
    }
}
