package dev.countersign;

import dev.countersign.apply.ApplyCommand;
import dev.countersign.command.Command;
import dev.countersign.command.CommandSettings;
import dev.countersign.command.Commands;
import dev.countersign.command.MigrateCommand;
import dev.countersign.command.VersionCommand;
import dev.countersign.transfer.ExportCommand;
import dev.countersign.transfer.ImportCommand;
import java.util.List;
import java.util.Map;

/**
 * Static helper: lists the commands of the program, in the order of its help, and runs the one that the arguments name. A new
 * command is a class and a line here.
 */
final class CommandList {

    private static final List<Command> ALL = List.of(
            new MigrateCommand(), new ApplyCommand(), new ImportCommand(), new ExportCommand(), new VersionCommand());

    private CommandList() {}

    /** Runs a command in this process and tells its exit status. */
    static int run(String... arguments) {
        return new Commands(ALL, new CommandSettings(Map.of()), System.out, System.err).run(arguments);
    }
}
