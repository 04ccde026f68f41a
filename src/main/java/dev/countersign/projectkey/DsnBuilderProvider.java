package dev.countersign.projectkey;

import dev.countersign.dsn.DsnBuilder;
import dev.countersign.dsn.IngestConfig;
import io.quarkus.runtime.Startup;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** Makes the DSN builder at start: a service that cannot print a good DSN does not start. */
@Singleton
public class DsnBuilderProvider {

    @Produces
    @Singleton
    @Startup
    DsnBuilder dsnBuilder(IngestConfig config) {
        return new DsnBuilder(config);
    }
}
