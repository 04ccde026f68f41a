package dev.countersign.dsn;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import java.util.List;
import java.util.Objects;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/** Builds the DSNs and other URLs of a client key from the settings of one ingest host, and never from a request. */
public final class DsnBuilder {

    /** The names of the URLs, in the order of an answer. */
    static final List<String> NAMES =
            List.of(Objects.requireNonNull(DsnUrls.class.getAnnotation(JsonPropertyOrder.class))
                    .value());

    private static final String LOADER = "/js-sdk-loader/";

    private final IngestHost secretHost;
    private final IngestHost publicHost;
    private final @Nullable String cdnUrl;
    private final List<UrlTemplate> urls;
    private final UrlTemplate json;

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
        List<String> texts = texts();
        this.urls = texts.stream().map(UrlTemplate::new).toList();
        this.json = new UrlTemplate(json(texts));
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
        return new DsnUrls(this, Long.toString(organizationId), Long.toString(projectId), publicKey, secretKey);
    }

    /** The template of the URL at an index of {@link #NAMES}. */
    UrlTemplate url(int index) {
        return urls.get(index);
    }

    /** The template of the JSON object with all URLs. */
    UrlTemplate json() {
        return json;
    }

    /** The URLs with the places of {@link UrlTemplate}, in the order of {@link #NAMES}. */
    private List<String> texts() {
        Endpoint base = publicHost.template();
        String dsnEnd = "/" + UrlTemplate.PROJECT_ID;
        String api = base + "/api/" + UrlTemplate.PROJECT_ID + "/";
        String sentryKey = "/?sentry_key=" + UrlTemplate.PUBLIC_KEY;
        return List.of(
                secretHost.template().withUserInfo(UrlTemplate.PUBLIC_KEY + ":" + UrlTemplate.SECRET_KEY) + dsnEnd,
                base.withUserInfo(UrlTemplate.PUBLIC_KEY) + dsnEnd,
                api + "csp-report" + sentryKey,
                api + "security" + sentryKey,
                api + "minidump" + sentryKey,
                api + "nel" + sentryKey,
                api + "unreal/" + UrlTemplate.PUBLIC_KEY + "/",
                api + "cron/___MONITOR_SLUG___/" + UrlTemplate.PUBLIC_KEY + "/",
                cdnUrl() + UrlTemplate.PUBLIC_KEY + ".min.js",
                api + "playstation" + sentryKey,
                api + "integration/",
                api + "integration/otlp/v1/traces",
                api + "integration/otlp/v1/logs");
    }

    private static String json(List<String> texts) {
        StringJoiner members = new StringJoiner(",", "{", "}");
        for (int i = 0; i < NAMES.size(); i++) {
            members.add("\"" + NAMES.get(i) + "\":\"" + texts.get(i) + "\"");
        }
        return members.toString();
    }
}
