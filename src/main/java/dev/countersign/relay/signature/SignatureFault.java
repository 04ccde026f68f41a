package dev.countersign.relay.signature;

/** Lists why a signature, or a token that Countersign has signed itself, is not good. */
public enum SignatureFault {
    /** It is malformed, or another key or secret has signed, or other bytes were signed. */
    BAD_SIGNATURE("invalid signature on data"),

    /** A part is no base64url. Relay's library says so of tokens, and calls such a signature invalid. */
    BAD_ENCODING("bad key encoding"),

    /** It was signed longer ago than the request allows. */
    TOO_OLD("the timestamp is too far in the past"),

    /** It was signed by a clock that is ahead of this one. */
    AHEAD("the timestamp is too far in the future");

    private final String text;

    SignatureFault(String text) {
        this.text = text;
    }

    /** The words of Relay's library. */
    public String text() {
        return text;
    }

    /** Whether only the time is wrong. */
    public boolean isOfTime() {
        return this == TOO_OLD || this == AHEAD;
    }
}
