package dev.countersign.command;

/** Says that a command failed, but may be tried again: the reason may pass by itself, or an operator removes it. */
public final class FailedException extends Exception {

    private static final long serialVersionUID = 1;

    /**
     * Fails a command.
     *
     * @param message a sentence for standard error
     */
    public FailedException(String message) {
        super(message);
    }
}
