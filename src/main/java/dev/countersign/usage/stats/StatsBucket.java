package dev.countersign.usage.stats;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import io.quarkus.runtime.annotations.RegisterForReflection;

/**
 * Holds the counts of a client key's events in one hour or day as the API shows them.
 *
 * @param ts when the bucket begins, in seconds since 1970
 * @param total the sum of the others
 * @param dropped the events over the rate limit of the key
 * @param accepted the good events
 * @param filtered the events that the gate rejected for another reason
 */
@JsonPropertyOrder({"ts", "total", "dropped", "accepted", "filtered"})
@RegisterForReflection
public record StatsBucket(long ts, long total, long dropped, long accepted, long filtered) {

    static StatsBucket of(long ts, long accepted, long limited, long rejected) {
        return new StatsBucket(ts, accepted + limited + rejected, limited, accepted, rejected);
    }

    /** A bucket without events. */
    static StatsBucket empty(long ts) {
        return of(ts, 0, 0, 0);
    }
}
