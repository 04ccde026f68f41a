package dev.countersign.command;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** Runs the command {@code countersign version}: prints the version of the program. */
public final class VersionCommand implements Command {

    @Override
    public CommandSpec spec() {
        CommandSpec spec = CommandSpec.create().name("version");
        spec.usageMessage().description("Print the version of this program.");
        return spec;
    }

    @Override
    public void run(ParseResult arguments, CommandContext context) throws IOException {
        try (InputStream version = VersionCommand.class.getResourceAsStream("/version.txt")) {
            byte[] text = Objects.requireNonNull(version).readAllBytes();
            context.out().println(new String(text, StandardCharsets.UTF_8).strip());
        }
    }
}
