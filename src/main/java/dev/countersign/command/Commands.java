package dev.countersign.command;

import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/** Parses the command line of the program, runs the command that it names, and tells the exit status. */
public final class Commands {

    /** The exit status of a command that did all. */
    public static final int DONE = 0;
    /** The exit status of a command that may be tried again. */
    public static final int FAILED = 1;
    /** The exit status of a command that must not be tried again as it is. */
    public static final int REFUSED = 2;

    private static final String NAME = "countersign";
    private static final String SERVE = "serve";

    private final Map<String, Command> commands = new LinkedHashMap<>();
    private final CommandContext context;

    /**
     * Takes the commands of the program.
     *
     * @param settings where commands read their settings
     * @param out standard output
     * @param err standard error
     */
    public Commands(List<Command> commands, CommandSettings settings, PrintStream out, PrintStream err) {
        commands.forEach(command -> this.commands.put(command.spec().name(), command));
        this.context = new CommandContext(settings, out, err);
    }

    /** Runs a command line and tells the exit status: 0, 1 or 2. Prints no stack trace. */
    public int run(String... arguments) {
        CommandLine line = commandLine();
        try {
            return run(line, line.parseArgs(arguments));
        } catch (ParameterException e) {
            return refused(List.of(
                    String.valueOf(e.getMessage()),
                    "Try: " + e.getCommandLine().getCommandSpec().qualifiedName() + " --help"));
        } catch (RefusedException e) {
            return refused(String.valueOf(e.getMessage()).lines().toList());
        } catch (InvalidPathException e) {
            return refused(List.of(message(e)));
        } catch (SQLException e) {
            return failed("The database failed: " + message(e) + state(e));
        } catch (FailedException e) {
            return failed(message(e));
        } catch (IOException e) {
            return failed(e.getClass().getSimpleName().replace("Exception", "") + ": " + message(e));
        }
    }

    private int run(CommandLine line, ParseResult parsed)
            throws RefusedException, FailedException, IOException, SQLException {
        if (parsed.isUsageHelpRequested()) {
            usage(line, context.out());
            return DONE;
        }
        ParseResult named = parsed.subcommand();
        if (named == null) {
            usage(line, context.err());
            return REFUSED;
        }
        String name = named.commandSpec().name();
        if (named.isUsageHelpRequested()) {
            usage(named.commandSpec().commandLine(), context.out());
        } else if (name.equals(HelpSpec.NAME)) {
            usage(HelpSpec.of(line, named), context.out());
        } else {
            Objects.requireNonNull(commands.get(name), name).run(named, context);
        }
        return DONE;
    }

    private CommandLine commandLine() {
        CommandSpec root = CommandSpec.create().name(NAME);
        root.usageMessage()
                .description("A Sentry-compatible client-key (DSN) service.")
                .customSynopsis(NAME + " [" + SERVE + "]", NAME + " COMMAND [OPTIONS]")
                .footer("", "Exit status: 0 done, 1 failed and may be tried again, 2 refused.");
        root.addOption(help());
        CommandSpec serve = CommandSpec.create().name(SERVE);
        serve.usageMessage().description("Serve the API, as without a command.");
        root.addSubcommand(SERVE, withHelp(serve));
        commands.forEach((name, command) -> root.addSubcommand(name, withHelp(command.spec())));
        root.addSubcommand(HelpSpec.NAME, withHelp(HelpSpec.create()));
        // Otherwise @NAME reads further arguments from the file NAME.
        return new CommandLine(root).setExpandAtFiles(false);
    }

    private static CommandSpec withHelp(CommandSpec spec) {
        return spec.addOption(help());
    }

    private static OptionSpec help() {
        return OptionSpec.builder("-h", "--help")
                .usageHelp(true)
                .description("Print this help.")
                .build();
    }

    private static void usage(CommandLine line, PrintStream stream) {
        PrintWriter writer = new PrintWriter(stream, false, StandardCharsets.UTF_8);
        line.usage(writer, Ansi.OFF);
        writer.flush();
    }

    private int refused(List<String> lines) {
        lines.forEach(context.err()::println);
        return REFUSED;
    }

    private int failed(String line) {
        context.err().println(line);
        return FAILED;
    }

    /** The first line of the message: PostgreSQL and the driver add details and hints in further lines. */
    private static String message(Exception failure) {
        return String.valueOf(failure.getMessage()).lines().findFirst().orElse("");
    }

    private static String state(SQLException failure) {
        @Nullable String state = failure.getSQLState();
        return state == null ? "" : " (" + state + ")";
    }
}
