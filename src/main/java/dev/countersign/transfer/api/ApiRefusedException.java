package dev.countersign.transfer.api;

/** Says that an API refuses a request, or answers something else than expected: asking again is of no use. */
public final class ApiRefusedException extends Exception {

    private static final long serialVersionUID = 1;

    ApiRefusedException(String message) {
        super(message);
    }
}
