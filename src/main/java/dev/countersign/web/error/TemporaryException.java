package dev.countersign.web.error;

/** Exception: carries the answer to a request that may succeed later, and says when to send it again. */
abstract class TemporaryException extends ApiException {

    private final long retryAfterSeconds;

    TemporaryException(int status, String detail, long retryAfterSeconds) {
        super(status, new ErrorResponse(detail));
        this.retryAfterSeconds = retryAfterSeconds;
    }

    /** The number of seconds after which the client may try again. */
    public long retryAfterSeconds() {
        return retryAfterSeconds;
    }
}
