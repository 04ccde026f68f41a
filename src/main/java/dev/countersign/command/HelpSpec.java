package dev.countersign.command;

import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/** Static helper: describes the command {@code help}, and finds the command whose help it prints. */
final class HelpSpec {

    static final String NAME = "help";

    private HelpSpec() {}

    static CommandSpec create() {
        CommandSpec spec = CommandSpec.create().name(NAME);
        spec.usageMessage().description("Print the help of the program or of a command.");
        return spec.addPositional(PositionalParamSpec.builder()
                .index("0")
                .arity("0..1")
                .paramLabel("COMMAND")
                .type(String.class)
                .description("The command; without one, the program.")
                .build());
    }

    /**
     * The command whose help is wanted.
     *
     * @param program the command line of the program
     * @param arguments the arguments of {@code help}
     * @throws ParameterException if there is no such command
     */
    static CommandLine of(CommandLine program, ParseResult arguments) {
        @Nullable String name = arguments.matchedPositionalValue(0, null);
        if (name == null) {
            return program;
        }
        CommandLine command = program.getSubcommands().get(name);
        if (command == null) {
            throw new ParameterException(
                    Objects.requireNonNull(arguments.commandSpec().commandLine()), "There is no command " + name);
        }
        return command;
    }
}
