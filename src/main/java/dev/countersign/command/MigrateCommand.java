package dev.countersign.command;

import dev.countersign.migration.Migrations;
import io.quarkus.runtime.configuration.ConfigurationException;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/**
 * Runs the command {@code countersign migrate}: migrates the schema of the database, as a start with
 * {@code COUNTERSIGN_MIGRATE=only} does.
 */
public final class MigrateCommand implements Command {

    @Override
    public CommandSpec spec() {
        CommandSpec spec = CommandSpec.create().name("migrate");
        spec.usageMessage().description("Migrate the schema of the database to the version that this program needs.");
        return spec;
    }

    @Override
    public void run(ParseResult arguments, CommandContext context) throws RefusedException, FailedException {
        try {
            context.out().println(Migrations.migrate(context.database()));
        } catch (ConfigurationException e) {
            throw new FailedException(String.valueOf(e.getMessage()));
        }
    }
}
