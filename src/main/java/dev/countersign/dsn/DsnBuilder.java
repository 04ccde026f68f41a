package dev.countersign.dsn;

import org.jspecify.annotations.Nullable;

/** Builds the DSNs and other URLs of a client key from the settings of one ingest host, and never from a request. */
public final class DsnBuilder {

    private static final String LOADER = "/js-sdk-loader/";

    private final IngestHost secretHost;
    private final IngestHost publicHost;
    private final @Nullable String cdnUrl;

    /**
     * Reads the settings of the host.
     *
     * @throws IllegalArgumentException if some SDK would refuse a URL of the host
     */
    public DsnBuilder(IngestConfig.Host config) {
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

    /** The base URL of secret DSNs, without the subdomain of an organization. */
    public String endpoint() {
        return secretHost.endpoint().toString();
    }

    /** The base URL of all other URLs, without the subdomain of an organization. */
    public String publicEndpoint() {
        return publicHost.endpoint().toString();
    }

    /**
     * The base URL of the JavaScript loader. Where the loader is on the public host and organizations have a subdomain, the
     * URL contains the subdomain's text {@code {organization_id}}.
     */
    public String cdnUrl() {
        return cdnUrl != null ? cdnUrl : publicHost.template() + LOADER;
    }

    /** The subdomain of organizations, or null if they have none. */
    public @Nullable String organizationSubdomain() {
        return publicHost.subdomain();
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
                (cdnUrl != null ? cdnUrl : base + LOADER) + publicKey + ".min.js",
                api + "playstation" + sentryKey,
                api + "integration/",
                api + "integration/otlp/v1/traces",
                api + "integration/otlp/v1/logs");
    }
}
