package dev.countersign.relay.registration;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.quarkus.runtime.annotations.RegisterForReflection;

/**
 * Holds the answer to the first request of a registration.
 *
 * @param relayId the relay that may answer
 * @param token what the relay must sign and send back within a minute
 */
@RegisterForReflection
public record ChallengeResponse(@JsonProperty("relay_id") String relayId, String token) {}
