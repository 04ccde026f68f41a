package dev.countersign.dsn;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;

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
public record DsnUrls(
        @PlainText String secret,
        @PlainText @JsonProperty("public") String publicDsn,
        @PlainText String csp,
        @PlainText String security,
        @PlainText String minidump,
        @PlainText String nel,
        @PlainText String unreal,
        @PlainText String crons,
        @PlainText String cdn,
        @PlainText String playstation,
        @PlainText String integration,
        @PlainText @JsonProperty("otlp_traces") String otlpTraces,
        @PlainText @JsonProperty("otlp_logs") String otlpLogs) {

    /** The public DSN only, so that no log shows the secret DSN. */
    @Override
    public String toString() {
        return publicDsn;
    }
}
