package dev.countersign.relay;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.quarkus.runtime.annotations.RegisterForReflection;

/**
 * Holds the answer to a relay that asks whether this service answers.
 *
 * @param isHealthy always true
 */
@RegisterForReflection
public record LiveResponse(@JsonProperty("is_healthy") boolean isHealthy) {

    static final LiveResponse HEALTHY = new LiveResponse(true);
}
