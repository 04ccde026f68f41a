package dev.countersign.web.route;

import io.prometheus.client.exemplars.ExemplarSampler;
import io.quarkus.micrometer.runtime.export.exemplars.OpentelemetryExemplarSamplerProvider;
import io.quarkus.opentelemetry.runtime.config.runtime.OTelRuntimeConfig;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.Alternative;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.util.Optional;

/**
 * Adds the trace of a request to the metrics as an exemplar only if traces are on. Quarkus decides this at the build, and looks
 * for a trace with each request where the setting {@code quarkus.otel.sdk.disabled} has switched traces off.
 */
@Singleton
public class ExemplarsOfTraces {

    private final OTelRuntimeConfig traces;

    ExemplarsOfTraces(OTelRuntimeConfig traces) {
        this.traces = traces;
    }

    @Produces
    @Dependent
    @Alternative
    @Priority(1)
    Optional<ExemplarSampler> sampler() {
        return traces.sdkDisabled() ? Optional.empty() : new OpentelemetryExemplarSamplerProvider().exemplarSampler();
    }
}
