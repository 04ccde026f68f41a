package dev.countersign.projectkey;

import dev.countersign.dsn.DsnBuilder;
import dev.countersign.dsn.IngestConfig;
import io.quarkus.runtime.Startup;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** Makes the DSN builder at start, so that a service with an invalid DSN configuration does not start. */
@Singleton
public class DsnBuilderProvider {

    @Produces
    @Singleton
    @Startup
    DsnBuilder dsnBuilder(IngestConfig config) {
        return new DsnBuilder(config);
    }
}
