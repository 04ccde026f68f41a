package dev.countersign.relay;

import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.Map;

/**
 * Holds the ids of the projects of client keys.
 *
 * @param projectIds the id of the project of each key that exists, by public key
 */
@RegisterForReflection
public record ProjectIdsResponse(Map<String, Long> projectIds) {}
