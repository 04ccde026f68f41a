package dev.countersign.dsn;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import com.fasterxml.jackson.databind.annotation.JsonSerialize;

/**
 * Holds the member {@code dsn} of a client key: all URLs for SDKs, browsers and crash reporters. A URL becomes a text when somebody asks
 * for it; an answer needs none of the texts, and copies all URLs at once.
 */
@JsonPropertyOrder({
    "secret",
    "public",
    "csp",
    "security",
    "minidump",
    "nel",
    "unreal",
    "crons",
    "cdn",
    "playstation",
    "integration",
    "otlp_traces",
    "otlp_logs"
})
@JsonSerialize(using = DsnUrlsWriter.class)
public final class DsnUrls {

    // Transient, so that the OpenAPI document does not show them as members.
    private final transient DsnBuilder host;
    private final transient String[] values;

    /**
     * The URLs of a key at a host.
     *
     * @param values one for each of {@link UrlTemplate#PLACES}, all ASCII
     */
    DsnUrls(DsnBuilder host, String... values) {
        this.host = host;
        this.values = values;
    }

    @JsonProperty(value = "secret", required = true)
    public String secret() {
        return url(0);
    }

    @JsonProperty(value = "public", required = true)
    public String publicDsn() {
        return url(1);
    }

    @JsonProperty(value = "csp", required = true)
    public String csp() {
        return url(2);
    }

    @JsonProperty(value = "security", required = true)
    public String security() {
        return url(3);
    }

    @JsonProperty(value = "minidump", required = true)
    public String minidump() {
        return url(4);
    }

    @JsonProperty(value = "nel", required = true)
    public String nel() {
        return url(5);
    }

    @JsonProperty(value = "unreal", required = true)
    public String unreal() {
        return url(6);
    }

    @JsonProperty(value = "crons", required = true)
    public String crons() {
        return url(7);
    }

    @JsonProperty(value = "cdn", required = true)
    public String cdn() {
        return url(8);
    }

    @JsonProperty(value = "playstation", required = true)
    public String playstation() {
        return url(9);
    }

    @JsonProperty(value = "integration", required = true)
    public String integration() {
        return url(10);
    }

    @JsonProperty(value = "otlp_traces", required = true)
    public String otlpTraces() {
        return url(11);
    }

    @JsonProperty(value = "otlp_logs", required = true)
    public String otlpLogs() {
        return url(12);
    }

    /** The URL at an index in the order of the members. */
    String url(int index) {
        return host.url(index).fill(values);
    }

    /** All URLs as a JSON object. */
    DsnUrlsJson json() {
        return new DsnUrlsJson(host.json(), values);
    }

    /** The public DSN only, so that no log shows the secret DSN. */
    @Override
    public String toString() {
        return publicDsn();
    }
}
