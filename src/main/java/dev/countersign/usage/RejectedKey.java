package dev.countersign.usage;

import java.time.Instant;

/**
 * Holds a client key that was removed or is not active although events still come with it, as read from the database.
 *
 * @param reason {@code removed}, {@code inactive} or {@code expired}
 * @param count the events that the gate refused: of a removed key since its removal, of another one in the time for which hours
 *     are kept
 * @param lastSeen when the gate refused the last of them
 */
record RejectedKey(String publicKey, String label, long projectId, String reason, long count, Instant lastSeen) {

    /** The edge of a page that begins or ends with this key. */
    UsageEdge edge() {
        return new UsageEdge(lastSeen.toEpochMilli(), publicKey);
    }
}
