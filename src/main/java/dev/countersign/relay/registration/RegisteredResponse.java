package dev.countersign.relay.registration;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.quarkus.runtime.annotations.RegisterForReflection;

/**
 * Holds the answer to the second request of a registration.
 *
 * @param relayId the relay that is registered
 */
@RegisterForReflection
public record RegisteredResponse(@JsonProperty("relay_id") String relayId) {}
