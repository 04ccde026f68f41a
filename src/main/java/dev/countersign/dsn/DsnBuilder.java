package dev.countersign.dsn;

import org.jspecify.annotations.Nullable;

/** Builds the URLs of a client key from the configured hosts, and never from a request. */
public final class DsnBuilder {

    private final IngestHost secretHost;
    private final IngestHost publicHost;
    private final @Nullable String cdnUrl;

    /**
     * Reads the configuration.
     *
     * @throws IllegalArgumentException if some SDK would refuse a URL of a configured host
     */
    public DsnBuilder(IngestConfig config) {
        Endpoint endpoint = config.endpoint()
                .map(Endpoint::parse)
                .orElseThrow(() -> new IllegalArgumentException("there is no ingest endpoint"));
        Endpoint publicEndpoint = config.publicEndpoint().map(Endpoint::parse).orElse(endpoint);
        String subdomain =
                config.organizationSubdomain().map(IngestHost::requireSubdomain).orElse(null);
        this.secretHost = new IngestHost(endpoint, subdomain);
        this.publicHost = new IngestHost(publicEndpoint, subdomain);
        this.cdnUrl = config.cdnUrl().map(text -> Endpoint.parse(text) + "/").orElse(null);
    }

    /**
     * Checks the subdomain of organizations, with or without {@code {organization_id}}.
     *
     * @throws IllegalArgumentException with a message that continues a sentence after the value
     */
    public static String requireSubdomain(String template) {
        return IngestHost.requireSubdomain(template);
    }

    /**
     * Builds all URLs of one key.
     *
     * @param organizationId the id for the organization's subdomain, if one is configured
     * @param projectId the last segment of every DSN
     */
    public DsnUrls build(long organizationId, long projectId, String publicKey, String secretKey) {
        Endpoint base = publicHost.of(organizationId);
        String api = base + "/api/" + projectId + "/";
        String sentryKey = "/?sentry_key=" + publicKey;
        return new DsnUrls(
                secretHost.of(organizationId).withUserInfo(publicKey + ":" + secretKey) + "/" + projectId,
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
}
