package dev.countersign.ingest;

import dev.countersign.dsn.DsnBuilder;
import io.quarkus.runtime.annotations.RegisterForReflection;
import org.jspecify.annotations.Nullable;

/**
 * Holds an ingest host as the API shows it: its name and base URLs.
 *
 * @param name {@code default}, or the name in the configuration
 * @param endpoint the base URL of secret DSNs
 * @param publicEndpoint the base URL of public DSNs and of all URLs but the loader's
 * @param cdnUrl the base URL of the JavaScript loader; contains {@code {organization_id}} where each organization has its own
 * @param organizationSubdomain the subdomain before the host of both endpoints, with {@code {organization_id}} in place of
 *     the id; null where there is none
 */
@RegisterForReflection
public record IngestResponse(
        String name,
        String endpoint,
        String publicEndpoint,
        String cdnUrl,
        @Nullable String organizationSubdomain) {

    static IngestResponse of(String name, DsnBuilder host) {
        return new IngestResponse(
                name, host.endpoint(), host.publicEndpoint(), host.cdnUrl(), host.organizationSubdomain());
    }
}
