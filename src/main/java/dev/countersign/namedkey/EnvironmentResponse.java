package dev.countersign.namedkey;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import dev.countersign.dsn.DsnUrls;
import dev.countersign.ingest.DsnChoice;
import dev.countersign.project.store.ProjectReference;
import dev.countersign.projectkey.store.ProjectKey;
import io.quarkus.runtime.annotations.RegisterForReflection;

/**
 * Holds the environment variables with which an SDK of Sentry and an exporter of OpenTelemetry send events with a
 * client key.
 *
 * <p>No value has a character that a shell or a reader of environment files treats in its own way: keys are hexadecimal, slugs
 * have letters, digits, hyphens and underscores, and {@link dev.countersign.dsn.Endpoint} accepts no other URLs.
 *
 * @param dsn the public DSN
 * @param organization the slug of the organization
 * @param project the slug of the project
 * @param tracesHeaders the header that names the key, encoded as OpenTelemetry decodes it
 * @param logsHeaders the same as {@code tracesHeaders}
 */
@JsonPropertyOrder({
    EnvironmentResponse.DSN,
    EnvironmentResponse.ORGANIZATION,
    EnvironmentResponse.PROJECT,
    EnvironmentResponse.TRACES_ENDPOINT,
    EnvironmentResponse.TRACES_HEADERS,
    EnvironmentResponse.LOGS_ENDPOINT,
    EnvironmentResponse.LOGS_HEADERS
})
@RegisterForReflection
public record EnvironmentResponse(
        @JsonProperty(EnvironmentResponse.DSN) String dsn,
        @JsonProperty(EnvironmentResponse.ORGANIZATION) String organization,
        @JsonProperty(EnvironmentResponse.PROJECT) String project,
        @JsonProperty(EnvironmentResponse.TRACES_ENDPOINT) String tracesEndpoint,
        @JsonProperty(EnvironmentResponse.TRACES_HEADERS) String tracesHeaders,
        @JsonProperty(EnvironmentResponse.LOGS_ENDPOINT) String logsEndpoint,
        @JsonProperty(EnvironmentResponse.LOGS_HEADERS) String logsHeaders) {

    static final String DSN = "SENTRY_DSN";
    static final String ORGANIZATION = "SENTRY_ORG";
    static final String PROJECT = "SENTRY_PROJECT";
    static final String TRACES_ENDPOINT = "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT";
    static final String TRACES_HEADERS = "OTEL_EXPORTER_OTLP_TRACES_HEADERS";
    static final String LOGS_ENDPOINT = "OTEL_EXPORTER_OTLP_LOGS_ENDPOINT";
    static final String LOGS_HEADERS = "OTEL_EXPORTER_OTLP_LOGS_HEADERS";

    static EnvironmentResponse of(ProjectReference project, ProjectKey key, DsnChoice dsns) {
        DsnUrls urls = dsns.dsn(project.ingest(), key::dsn);
        String headers = "x-sentry-auth=sentry%20sentry_key=" + key.publicKey;
        return new EnvironmentResponse(
                urls.publicDsn(),
                project.organizationSlug(),
                project.slug(),
                urls.otlpTraces(),
                headers,
                urls.otlpLogs(),
                headers);
    }

    /** One {@code NAME=value} a line, without quotes, because some readers of such files keep quotes. */
    String plainText() {
        return String.join(
                "",
                line(DSN, dsn),
                line(ORGANIZATION, organization),
                line(PROJECT, project),
                line(TRACES_ENDPOINT, tracesEndpoint),
                line(TRACES_HEADERS, tracesHeaders),
                line(LOGS_ENDPOINT, logsEndpoint),
                line(LOGS_HEADERS, logsHeaders));
    }

    private static String line(String name, String value) {
        return name + "=" + value + "\n";
    }
}
