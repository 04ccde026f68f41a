package dev.countersign.dsn;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Assembles the URLs of a client key from the configured hosts, and from nothing else. */
public final class DsnBuilder {

    private static final String ORGANIZATION_ID = "{organization_id}";

    private final Endpoint endpoint;
    private final Endpoint publicEndpoint;
    private final @Nullable String cdnUrl;
    private final @Nullable String organizationSubdomain;

    /**
     * Reads and checks the configuration.
     *
     * @throws IllegalArgumentException with one line that says which setting is wrong and what it should look like
     */
    public DsnBuilder(IngestConfig config) {
        this.endpoint = config.endpoint()
                .map(text -> Endpoint.parse("countersign.ingest.endpoint", text))
                .orElseThrow(() -> new IllegalArgumentException("countersign.ingest.endpoint is not set; it should"
                        + " look like https://ingest.example.com (COUNTERSIGN_INGEST_ENDPOINT)"));
        this.publicEndpoint = config.publicEndpoint()
                .map(text -> Endpoint.parse("countersign.ingest.public-endpoint", text))
                .orElse(endpoint);
        this.cdnUrl = config.cdnUrl()
                .map(text -> Endpoint.parse("countersign.ingest.cdn-url", text) + "/")
                .orElse(null);
        this.organizationSubdomain = subdomain(config.organizationSubdomain());
    }

    /**
     * All URLs of one key.
     *
     * @param organizationId fills the organization's subdomain, where one is configured
     * @param projectId the last part of every DSN
     */
    public DsnUrls build(long organizationId, long projectId, String publicKey, String secretKey) {
        Endpoint base = forOrganization(publicEndpoint, organizationId);
        String api = base + "/api/" + projectId + "/";
        String sentryKey = "/?sentry_key=" + publicKey;
        return new DsnUrls(
                forOrganization(endpoint, organizationId).withUserInfo(publicKey + ":" + secretKey) + "/" + projectId,
                base.withUserInfo(publicKey) + "/" + projectId,
                api + "csp-report" + sentryKey,
                api + "security" + sentryKey,
                api + "minidump" + sentryKey,
                api + "nel" + sentryKey,
                api + "unreal/" + publicKey + "/",
                api + "cron/___MONITOR_SLUG___/" + publicKey + "/",
                (cdnUrl != null ? cdnUrl : base + "/js-sdk-loader/") + publicKey + ".min.js",
                api + "playstation" + sentryKey,
                api + "integration/",
                api + "integration/otlp/v1/traces",
                api + "integration/otlp/v1/logs");
    }

    private Endpoint forOrganization(Endpoint base, long organizationId) {
        if (organizationSubdomain == null) {
            return base;
        }
        return base.withSubdomain(organizationSubdomain.replace(ORGANIZATION_ID, Long.toString(organizationId)));
    }

    private static @Nullable String subdomain(Optional<String> template) {
        String setting = "countersign.ingest.organization-subdomain";
        template.filter(text -> !text.replace(ORGANIZATION_ID, "1").matches("[A-Za-z0-9-]+(\\.[A-Za-z0-9-]+)*"))
                .ifPresent(text -> {
                    throw new IllegalArgumentException(setting + " \"" + text
                            + "\" is not a host name part; it should look like o{organization_id}.ingest");
                });
        return template.orElse(null);
    }
}
