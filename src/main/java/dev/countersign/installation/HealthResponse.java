package dev.countersign.installation;

import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.List;
import java.util.Map;

/**
 * The answer of Sentry's internal health check, which finds no fault here. The room for readiness has the checks
 * of this process and its database.
 *
 * @param problems the problems of the installation
 * @param healthy the results of checks, by name
 */
@RegisterForReflection
public record HealthResponse(List<Object> problems, Map<String, Boolean> healthy) {

    static final HealthResponse HEALTHY = new HealthResponse(List.of(), Map.of());
}
