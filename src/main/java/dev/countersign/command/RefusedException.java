package dev.countersign.command;

import java.util.List;

/** Says that a command did not do anything, and that trying again is of no use: a person must change something first. */
public final class RefusedException extends Exception {

    private static final long serialVersionUID = 1;

    /**
     * Refuses a command.
     *
     * @param lines what must change, each a sentence for standard error
     */
    public RefusedException(List<String> lines) {
        super(String.join("\n", lines));
    }

    /** Refuses a command for one reason. */
    public RefusedException(String line) {
        this(List.of(line));
    }
}
