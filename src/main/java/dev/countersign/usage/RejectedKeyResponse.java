package dev.countersign.usage;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;

/**
 * Holds a client key that was removed or is not active although events still come with it, as the API shows it.
 *
 * @param id the public key
 * @param projectId the project of the key, which may be removed too
 * @param reason {@code removed}, {@code inactive} or {@code expired}
 * @param count the events that the gate refused since the key was removed, switched off or expired
 * @param lastSeen when the gate refused the last of them
 */
@JsonPropertyOrder({"id", "name", "projectId", "reason", "count", "lastSeen"})
@RegisterForReflection
public record RejectedKeyResponse(String id, String name, long projectId, String reason, long count, Instant lastSeen) {

    static RejectedKeyResponse of(RejectedKey key) {
        return new RejectedKeyResponse(
                key.publicKey(), key.label(), key.projectId(), key.reason(), key.count(), key.lastSeen());
    }
}
