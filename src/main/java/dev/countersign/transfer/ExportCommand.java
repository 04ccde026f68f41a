package dev.countersign.transfer;

import dev.countersign.command.Command;
import dev.countersign.command.CommandContext;
import dev.countersign.command.FailedException;
import dev.countersign.command.RefusedException;
import dev.countersign.transfer.export.Export;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/**
 * Runs the command {@code countersign export}: prints organizations and all below them in the form of {@code sentry export}.
 */
public final class ExportCommand implements Command {

    private static final int BUFFER = 1 << 16;

    @Override
    public CommandSpec spec() {
        CommandSpec spec = CommandSpec.create().name("export");
        spec.usageMessage()
                .description(
                        "Print organizations, teams, projects and client keys as 'countersign import' and 'sentry import'"
                                + " take them.");
        return spec.addOption(OptionSpec.builder("--organization")
                        .paramLabel("SLUG")
                        .type(List.class)
                        .auxiliaryTypes(String.class)
                        .description("Print this organization only; may be given several times.")
                        .build())
                .addOption(OptionSpec.builder("--with-secrets")
                        .type(boolean.class)
                        .description("Print secret keys and security tokens. Without them an import makes new ones.")
                        .build());
    }

    @Override
    public void run(ParseResult arguments, CommandContext context)
            throws RefusedException, FailedException, IOException, SQLException {
        List<String> organizations = arguments.matchedOptionValue("--organization", List.<String>of());
        try (Connection connection = context.connect()) {
            OutputStream output = new BufferedOutputStream(context.out(), BUFFER);
            List<String> missing = Export.missing(connection, organizations);
            if (!missing.isEmpty()) {
                throw new RefusedException("There is no organization " + String.join(", ", missing));
            }
            Export.write(connection, organizations, arguments.hasMatchedOption("--with-secrets"), output);
            output.write('\n');
            output.flush();
            if (context.out().checkError()) {
                throw new IOException("standard output does not take more");
            }
        }
    }
}
