package dev.countersign.usage;

import java.time.Instant;

/**
 * Holds a client key that was removed or is not active although events still come with it, as read from the database.
 *
 * @param reason {@code removed}, {@code inactive} or {@code expired}
 * @param count the events that the gate refused since the key was removed, switched off or expired
 * @param lastSeen when the gate refused the last of them
 * @param keyId the id of the key, which the API does not show; 0 of a removed key
 */
record RejectedKey(
        String publicKey, String label, long projectId, String reason, long count, Instant lastSeen, long keyId) {

    private static final int PUBLIC_KEY_LENGTH = 32;

    /** The edge of a page that begins or ends with this key. */
    UsageEdge edge() {
        return new UsageEdge(lastSeen.toEpochMilli(), keyId == 0 ? publicKey : Long.toString(keyId));
    }

    /** Whether a page begins or ends with a removed key, which is named by its public key. */
    static boolean isRemoved(UsageEdge edge) {
        return edge.id().length() == PUBLIC_KEY_LENGTH;
    }
}
