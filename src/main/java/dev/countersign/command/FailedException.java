package dev.countersign.command;

/** Says that a command failed for a reason that may pass by itself or that an operator removes, so that it may be tried again. */
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
