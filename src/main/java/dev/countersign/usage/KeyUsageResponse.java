package dev.countersign.usage;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import dev.countersign.ratelimit.RateLimit;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Holds a client key with its usage as the API shows it: when it was last seen, and the counts of its events. The counts are of
 * the time for which hours are kept.
 *
 * @param id the public key
 * @param lastSeen when the gate saw the key last, whatever it answered, or null if never
 * @param limited the events over the rate limit of the key
 * @param rejected the events that the gate refused for another reason
 */
@JsonPropertyOrder({"id", "name", "projectId", "isActive", "rateLimit", "lastSeen", "accepted", "limited", "rejected"})
@RegisterForReflection
public record KeyUsageResponse(
        String id,
        String name,
        long projectId,
        @JsonProperty("isActive") boolean isActive,
        @Nullable RateLimit rateLimit,
        @Nullable Instant lastSeen,
        long accepted,
        long limited,
        long rejected) {

    static KeyUsageResponse of(KeyUsage key) {
        return new KeyUsageResponse(
                key.publicKey(),
                key.label(),
                key.projectId(),
                key.active(),
                key.rateLimit(),
                key.lastSeen(),
                key.accepted(),
                key.limited(),
                key.rejected());
    }
}
