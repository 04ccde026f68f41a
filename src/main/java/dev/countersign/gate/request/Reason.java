package dev.countersign.gate.request;

import java.util.Locale;

/**
 * Lists the reasons for which the gate refuses a submission, in the order in which the gate checks. The header
 * {@code X-Countersign-Reason} and the metrics show {@link #text()}.
 */
public enum Reason {
    /** Whoever asks is not known, or may not ask. */
    ASKER,
    /** The gateway did not name exactly one path and one method. */
    NO_REQUEST,
    /** The path is not that of a submission, or two servers could read the path differently. */
    PATH,
    /** The submission names two keys, or one source of keys twice. */
    AMBIGUOUS,
    /** The submission names no key. */
    NO_KEY,
    /** No client key has this public key. */
    UNKNOWN_KEY,
    /** The client key is switched off. */
    INACTIVE,
    /** The client key has expired. */
    EXPIRED,
    /** The client key belongs to another project than the path. */
    WRONG_PROJECT,
    /** The project does not allow the browser's origin. */
    ORIGIN,
    /** The client key is over its rate limit. */
    RATE_LIMITED,
    /** The gate cannot find out whether the key is good. */
    UNAVAILABLE;

    private final String text = name().toLowerCase(Locale.ROOT);

    /** The name in lower case, such as {@code unknown_key}. */
    public String text() {
        return text;
    }

    /** What a client is told. */
    public String detail() {
        return switch (this) {
            case ASKER -> "The gate does not know who asks, or the API key lacks the scope gate:check.";
            case NO_REQUEST -> "The gateway does not hand over exactly one path and one method.";
            case NO_KEY -> "missing authorization information";
            case RATE_LIMITED -> "event rejected due to rate limit";
            case UNAVAILABLE -> "Service temporarily unavailable";
            default -> "event submission rejected with_reason: ProjectId";
        };
    }
}
