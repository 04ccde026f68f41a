package dev.countersign.usage;

import dev.countersign.ratelimit.RateLimit;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Holds a client key with its usage, as read from the database: when it was last seen, and the counts of its events.
 *
 * @param keyId the id of the key, which the API does not show
 * @param active whether the key is switched on and has not expired
 * @param lastSeen when the gate saw the key last, or null if never; then all counts are 0
 */
record KeyUsage(
        long keyId,
        String publicKey,
        String label,
        long projectId,
        boolean active,
        @Nullable RateLimit rateLimit,
        @Nullable Instant lastSeen,
        long accepted,
        long limited,
        long rejected) {

    /** Stands before every number that a key which was seen is sorted by. */
    static final long NEVER_SEEN = -1;

    /** The edge of a page that begins or ends with this key. */
    UsageEdge edge(UsageOrder order) {
        long number = lastSeen == null ? NEVER_SEEN : order.isByRejected() ? rejected : lastSeen.toEpochMilli();
        return new UsageEdge(number, Long.toString(keyId));
    }
}
