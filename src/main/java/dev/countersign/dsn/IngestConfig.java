package dev.countersign.dsn;

import io.smallrye.config.ConfigMapping;
import java.util.Optional;

/** The hosts to which SDKs send events, and which every DSN contains. */
@ConfigMapping(prefix = "countersign.ingest")
public interface IngestConfig {

    /** Base URL of the ingest service, such as {@code https://ingest.example.com}; required in production. */
    Optional<String> endpoint();

    /** Base URL of all URLs except the secret DSN; {@link #endpoint} if unset. */
    Optional<String> publicEndpoint();

    /** Base URL of the JavaScript loader, such as {@code https://js.example.com/}; unset means below {@link #endpoint}. */
    Optional<String> cdnUrl();

    /** Subdomain of each organization, before the host, such as {@code o{organization_id}.ingest}; none if unset. */
    Optional<String> organizationSubdomain();
}
