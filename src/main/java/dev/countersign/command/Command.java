package dev.countersign.command;

import java.io.IOException;
import java.sql.SQLException;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/**
 * Interface: describes one command of the program, such as {@code countersign export}, and runs it. {@code Main} lists all
 * commands.
 *
 * <p>The description is built with picocli's model and not with its annotations, which a native executable would have to
 * read by reflection. {@code --help} is added to each command.
 */
public interface Command {

    /** The name, the options and the help text. */
    CommandSpec spec();

    /**
     * Runs the command; returning means that all is done.
     *
     * @param arguments the options and parameters, which match {@link #spec}
     * @throws RefusedException if the call, its input or what is stored must change first: status 2
     * @throws FailedException if the command may be tried again: status 1, as for the two below
     */
    void run(ParseResult arguments, CommandContext context)
            throws RefusedException, FailedException, IOException, SQLException;
}
