package dev.countersign.ingest;

import dev.countersign.dsn.IngestConfig;
import dev.countersign.dsn.IngestHosts;
import io.quarkus.runtime.Startup;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** Creates {@link IngestHosts} from the configuration at start, so that a service with a wrong host does not start. */
@Singleton
public class IngestHostsProvider {

    @Produces
    @Singleton
    @Startup
    IngestHosts ingestHosts(IngestConfig config) {
        return new IngestHosts(config);
    }
}
