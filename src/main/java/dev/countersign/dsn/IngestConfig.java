package dev.countersign.dsn;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithParentName;
import java.util.Map;
import java.util.Optional;

/** Configures the ingest hosts, to which SDKs send events and which every DSN contains. */
@ConfigMapping(prefix = "countersign.ingest")
public interface IngestConfig {

    /** The host that is called {@code default}; its settings stand directly below the prefix. */
    @WithParentName
    Host byDefault();

    /** The other hosts by name, see {@link IngestHosts#requireName}. */
    Map<String, Host> named();

    /** Configures the URLs of one ingest host, and the subdomain of each organization. */
    interface Host {

        /** Base URL of the ingest service, such as {@code https://ingest.example.com}; required. */
        Optional<String> endpoint();

        /** Base URL of all URLs except the secret DSN; {@link #endpoint} if unset. */
        Optional<String> publicEndpoint();

        /** Base URL of the JavaScript loader, such as {@code https://js.example.com/}; by default below {@link #publicEndpoint}. */
        Optional<String> cdnUrl();

        /** Subdomain of each organization, before the host, such as {@code o{organization_id}.ingest}; none if unset. */
        Optional<String> organizationSubdomain();
    }
}
