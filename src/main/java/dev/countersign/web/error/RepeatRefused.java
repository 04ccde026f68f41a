package dev.countersign.web.error;

/**
 * Exception: refuses a request whose {@code Idempotency-Key} an earlier request has used: that request had another body, still
 * runs, or its object was removed.
 */
public final class RepeatRefused extends ApiException {

    private final boolean isTemporary;

    private RepeatRefused(int status, String detail, boolean isTemporary) {
        super(status, new ErrorResponse(detail));
        this.isTemporary = isTemporary;
    }

    /** 422: an earlier request under the key had another body. */
    public static RepeatRefused reused() {
        return new RepeatRefused(422, "This Idempotency-Key was used for another request.", false);
    }

    /** 410: the object that an earlier request created was removed. */
    public static RepeatRefused removed() {
        return new RepeatRefused(410, "What was created under this Idempotency-Key was removed.", false);
    }

    /** 409: another request under the key still runs. The client may try again after a second. */
    public static RepeatRefused running() {
        return new RepeatRefused(409, "The first request under this Idempotency-Key is still running.", true);
    }

    /** Whether the client may send the request again. */
    boolean isTemporary() {
        return isTemporary;
    }
}
