package dev.countersign.web.route;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.composite.CompositeMeterRegistry;
import io.quarkus.arc.DefaultBean;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** Makes the registry of a slim build: keeps no metric and shows none. In every other build Quarkus makes the registry. */
class NoMetrics {

    @Produces
    @DefaultBean
    @Singleton
    MeterRegistry registry() {
        return new CompositeMeterRegistry();
    }
}
