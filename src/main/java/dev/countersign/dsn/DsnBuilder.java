package dev.countersign.dsn;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Assembles the URLs of a client key from the configured hosts, and from nothing else. */
public final class DsnBuilder {

    private static final String ORGANIZATION_ID = "{organization_id}";
    private static final Pattern SUBDOMAIN = Pattern.compile("[A-Za-z0-9-]+(\\.[A-Za-z0-9-]+)*");

    private final Endpoint endpoint;
    private final Endpoint publicEndpoint;
    private final @Nullable String cdnUrl;
    private final @Nullable String organizationSubdomain;

    /**
     * Reads the configuration.
     *
     * @throws IllegalArgumentException where some SDK would not take what it would make
     */
    public DsnBuilder(IngestConfig config) {
        this.endpoint = config.endpoint()
                .map(Endpoint::parse)
                .orElseThrow(() -> new IllegalArgumentException("there is no ingest endpoint"));
        this.publicEndpoint = config.publicEndpoint().map(Endpoint::parse).orElse(endpoint);
        this.cdnUrl = config.cdnUrl().map(text -> Endpoint.parse(text) + "/").orElse(null);
        this.organizationSubdomain =
                config.organizationSubdomain().map(DsnBuilder::requireSubdomain).orElse(null);
        if (organizationSubdomain != null && (endpoint.isAddress() || publicEndpoint.isAddress())) {
            throw new IllegalArgumentException("a subdomain cannot stand before an IP address");
        }
    }

    /**
     * What is put before a host, with or without a place for an organization's id.
     *
     * @throws IllegalArgumentException with half a sentence that goes on from the value
     */
    public static String requireSubdomain(String template) {
        if (!SUBDOMAIN.matcher(template.replace(ORGANIZATION_ID, "1")).matches()) {
            throw new IllegalArgumentException("is not a host name part");
        }
        return template;
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
}
