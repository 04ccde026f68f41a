package dev.countersign.health;

import dev.countersign.gate.server.GateServer;
import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Readiness check: tests whether the gate listens and has loaded its keys. Always up where no gate is configured. */
@Readiness
@ApplicationScoped
public class GateReadiness implements HealthCheck {

    private final GateServer gate;

    GateReadiness(GateServer gate) {
        this.gate = gate;
    }

    @Override
    public HealthCheckResponse call() {
        return HealthCheckResponse.named("gate").status(gate.isReady()).build();
    }
}
