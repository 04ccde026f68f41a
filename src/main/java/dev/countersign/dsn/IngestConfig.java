package dev.countersign.dsn;

import io.smallrye.config.ConfigMapping;
import java.util.Optional;

/** Where SDKs send their events: the hosts that every DSN is built from. */
@ConfigMapping(prefix = "countersign.ingest")
public interface IngestConfig {

    /** Base URL of the ingest service, such as {@code https://ingest.example.com}; required in production. */
    Optional<String> endpoint();

    /** Base URL of all but the secret DSN, where it differs from {@link #endpoint}. */
    Optional<String> publicEndpoint();

    /** Base URL of the JavaScript loader, such as {@code https://js.example.com/}; unset means below the endpoint. */
    Optional<String> cdnUrl();

    /** Subdomain put before the host for each organization, such as {@code o{organization_id}.ingest}; unset means none. */
    Optional<String> organizationSubdomain();
}
