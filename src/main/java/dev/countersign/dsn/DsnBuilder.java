package dev.countersign.dsn;

import org.jspecify.annotations.Nullable;

/** Assembles the URLs of a client key from the configured hosts, and from nothing else. */
public final class DsnBuilder {

    private final IngestHost secretHost;
    private final IngestHost publicHost;
    private final @Nullable String cdnUrl;

    /**
     * Reads the configuration.
     *
     * @throws IllegalArgumentException where some SDK would refuse a URL made from it
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
     * Checks a subdomain for organizations, with or without a place for an organization's id.
     *
     * @throws IllegalArgumentException with half a sentence that goes on from the value
     */
    public static String requireSubdomain(String template) {
        return IngestHost.requireSubdomain(template);
    }

    /**
     * All URLs of one key.
     *
     * @param organizationId fills the organization's subdomain, where one is configured
     * @param projectId the last part of every DSN
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
