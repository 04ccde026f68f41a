package dev.countersign.relay.signature;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Static helper: judges the age of what was signed. */
public final class SignedTime {

    /** How far the clock of a relay, or of another replica, may be ahead. */
    private static final Duration MAX_AHEAD = Duration.ofSeconds(15);

    private SignedTime() {}

    /**
     * The fault of a time; null for a good one.
     *
     * @param signed when it was signed
     * @param now the present time
     * @param maxAge the greatest age
     */
    public static @Nullable SignatureFault fault(Instant signed, Instant now, Duration maxAge) {
        if (signed.isBefore(now.minus(maxAge))) {
            return SignatureFault.TOO_OLD;
        }
        return signed.isAfter(now.plus(MAX_AHEAD)) ? SignatureFault.AHEAD : null;
    }
}
