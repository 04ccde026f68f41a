package dev.countersign.installation;

import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.List;
import java.util.Map;

/**
 * The answer of Sentry's internal health check. Whether this process and its database are well is asked elsewhere, by
 * those who run it.
 *
 * @param problems what is wrong with the installation
 * @param healthy the checks that passed, by name
 */
@RegisterForReflection
public record HealthResponse(List<Object> problems, Map<String, Boolean> healthy) {

    static final HealthResponse HEALTHY = new HealthResponse(List.of(), Map.of());
}
