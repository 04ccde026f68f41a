package dev.countersign.dsn;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import com.fasterxml.jackson.databind.annotation.JsonSerialize;

/** Holds the member {@code dsn} of a client key: all URLs for SDKs, browsers and crash reporters. */
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
public record DsnUrls(
        String secret,
        @JsonProperty("public") String publicDsn,
        String csp,
        String security,
        String minidump,
        String nel,
        String unreal,
        String crons,
        String cdn,
        String playstation,
        String integration,
        @JsonProperty("otlp_traces") String otlpTraces,
        @JsonProperty("otlp_logs") String otlpLogs) {

    /** The public DSN only, so that no log shows the secret DSN. */
    @Override
    public String toString() {
        return publicDsn;
    }
}
