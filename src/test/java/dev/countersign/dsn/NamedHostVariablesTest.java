package dev.countersign.dsn;

import static org.assertj.core.api.Assertions.assertThat;

import io.smallrye.config.EnvConfigSource;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which host and which part a variable sets. */
class NamedHostVariablesTest {

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "EU_ENDPOINT, eu.endpoint",
        "EU_PUBLIC_ENDPOINT, eu.public-endpoint",
        "EU_WEST_1_PUBLIC_ENDPOINT, eu-west-1.public-endpoint",
        "EU_CDN_URL, eu.cdn-url",
        "CDN_URL_CDN_URL, cdn-url.cdn-url",
        "EU_WEST_ORGANIZATION_SUBDOMAIN, eu-west.organization-subdomain",
        "PUBLIC_ENDPOINT, public.endpoint",
        "eu_endpoint, eu.endpoint"
    })
    void longestPartThatLeavesANameCounts(String end, String property) {
        String prefix = end.equals("eu_endpoint") ? "countersign_ingest_named_" : "COUNTERSIGN_INGEST_NAMED_";

        assertThat(NamedHostVariables.property(prefix + end)).isEqualTo("countersign.ingest.named." + property);
    }

    @ParameterizedTest
    @CsvSource({
        "COUNTERSIGN_INGEST_ENDPOINT",
        "COUNTERSIGN_INGEST_NAMED_ENDPOINT",
        "COUNTERSIGN_INGEST_NAMED__ENDPOINT",
        "COUNTERSIGN_INGEST_NAMED_EU",
        "COUNTERSIGN_INGEST_NAMED_EU_URL",
        "COUNTERSIGN_INGEST_NAMED_EUENDPOINT"
    })
    void anythingElseIsNoSetting(String variable) {
        assertThat(NamedHostVariables.property(variable)).isNull();
    }

    @Test
    void variablesAndPropertiesMakeOneHost() {
        Map<String, IngestConfig.Host> hosts = hosts(
                Map.of(
                        "COUNTERSIGN_INGEST_NAMED_EU_WEST_PUBLIC_ENDPOINT", "https://public.example.com",
                        "COUNTERSIGN_INGEST_NAMED_US_ENDPOINT", "https://us.example.com"),
                Map.of(
                        "countersign.ingest.named.eu-west.endpoint", "https://eu.example.com",
                        "countersign.ingest.named.us.endpoint", "https://overridden.example.com"));

        assertThat(hosts).containsOnlyKeys("eu-west", "us");
        assertThat(hosts.get("eu-west").endpoint()).isEqualTo(Optional.of("https://eu.example.com"));
        assertThat(hosts.get("eu-west").publicEndpoint()).isEqualTo(Optional.of("https://public.example.com"));
        assertThat(hosts.get("us").endpoint()).isEqualTo(Optional.of("https://us.example.com"));
    }

    @Test
    void withoutAVariableThereIsNoHost() {
        assertThat(hosts(Map.of("COUNTERSIGN_INGEST_ENDPOINT", "https://sentry.io"), Map.of()))
                .isEmpty();
    }

    private static Map<String, IngestConfig.Host> hosts(
            Map<String, @Nullable String> environment, Map<String, String> properties) {
        SmallRyeConfig config = new SmallRyeConfigBuilder()
                .addDefaultInterceptors()
                .addDiscoveredSources()
                .withSources(
                        new EnvConfigSource(environment, 300),
                        new PropertiesConfigSource(properties, "properties", 250))
                .withMapping(IngestConfig.class)
                .build();
        return config.getConfigMapping(IngestConfig.class).named();
    }
}
