package dev.countersign.issuer.token;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.jspecify.annotations.Nullable;

/**
 * Holds when a token is valid, in seconds since 1970. Clocks may differ by {@value #LEEWAY} s.
 *
 * @param expires the member {@code exp}
 * @param begins the later of the members {@code nbf} and {@code iat}; the least value where both are absent
 */
public record TokenTimes(long expires, long begins) {

    /** How far the clock of the issuer may be away from the clock of this machine, in seconds. */
    public static final long LEEWAY = 60;

    /** The end of the year 9999. A number above it is a mistake, such as milliseconds. */
    private static final double MAX_SECONDS = 253_402_300_799.0;

    /** Reads the members; null if {@code exp} is missing, or one of them is no number of seconds since 1970. */
    static @Nullable TokenTimes read(ObjectNode claims) {
        Long expires = seconds(claims.get("exp"));
        Long notBefore = claims.has("nbf") ? seconds(claims.get("nbf")) : Long.valueOf(Long.MIN_VALUE);
        Long issued = claims.has("iat") ? seconds(claims.get("iat")) : Long.valueOf(Long.MIN_VALUE);
        return expires == null || notBefore == null || issued == null
                ? null
                : new TokenTimes(expires, Math.max(notBefore, issued));
    }

    /** Whether the token has begun. */
    boolean hasBegun(long now) {
        return begins <= now + LEEWAY;
    }

    /** Whether the token has ended. */
    public boolean hasEnded(long now) {
        return expires + LEEWAY <= now;
    }

    /** Whether the token ends at most some seconds from now. */
    public boolean endsWithin(long seconds, long now) {
        return expires - now <= seconds + LEEWAY;
    }

    private static @Nullable Long seconds(@Nullable JsonNode node) {
        if (node == null || !node.isNumber()) {
            return null;
        }
        double seconds = node.doubleValue();
        return seconds >= 0 && seconds <= MAX_SECONDS ? (long) seconds : null;
    }
}
