package dev.countersign.installation;

import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.List;
import java.util.Map;

/**
 * Holds the answer to {@code /api/0/internal/health/}, which always says that all is well. Clients only look for its
 * form; {@code /q/health/ready} has the real checks.
 *
 * @param problems the problems of the installation
 * @param healthy the results of checks, by name
 */
@RegisterForReflection
public record HealthResponse(List<Object> problems, Map<String, Boolean> healthy) {

    static final HealthResponse HEALTHY = new HealthResponse(List.of(), Map.of());
}
