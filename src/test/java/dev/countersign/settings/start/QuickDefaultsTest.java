package dev.countersign.settings.start;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.runtime.configuration.AbstractConfigBuilder;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.config.ConfigMappings.ConfigClass;
import io.smallrye.config.DefaultValuesConfigSource;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.smallrye.config.SmallRyeConfigBuilderCustomizer;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** All configuration interfaces, those of the framework too, have the values that they would have without QuickDefaults. */
@QuarkusTest
class QuickDefaultsTest {

    /** A builder that runs all customizers but QuickDefaults, or all. */
    @SuppressWarnings("overrides")
    private static final class Builder extends SmallRyeConfigBuilder {
        private final boolean quick;

        Builder(boolean quick) {
            this.quick = quick;
        }

        @Override
        public SmallRyeConfigBuilder withCustomizers(SmallRyeConfigBuilderCustomizer... customizers) {
            return super.withCustomizers(Arrays.stream(customizers)
                    .filter(customizer -> quick || !(customizer instanceof QuickDefaults))
                    .toArray(SmallRyeConfigBuilderCustomizer[]::new));
        }

        SmallRyeConfig build(Map<String, String> settings) {
            withSources(new PropertiesConfigSource(settings, "settings of the test", 500));
            AbstractConfigBuilder.withCustomizer(this, "io.quarkus.runtime.generated.RunTimeConfig");
            return build();
        }
    }

    static final Map<String, String> SOME_SETTINGS = Map.ofEntries(
            Map.entry("quarkus.log.category.\"a.b\".level", "DEBUG"),
            Map.entry("quarkus.log.category.c.min-level", "TRACE"),
            Map.entry("quarkus.log.filter.f.if-starts-with", "x,y"),
            Map.entry("quarkus.log.handler.file.log.enabled", "true"),
            Map.entry("quarkus.http.cors.origins", "https://example.com"),
            Map.entry("quarkus.http.auth.permission.p.paths", "/p"),
            Map.entry("quarkus.http.auth.permission.p.policy", "permit"),
            Map.entry("quarkus.http.auth.policy.p.roles-allowed", "r"),
            Map.entry("quarkus.http.header.\"X-Name\".value", "v"),
            Map.entry("quarkus.http.same-site-cookie.c.value", "lax"),
            Map.entry("quarkus.http.proxy.proxy-address-forwarding", "true"),
            Map.entry("quarkus.tls.key-store.p12.path", "store"),
            Map.entry("quarkus.tls.named.trust-store.pem.certs", "ca.pem"),
            Map.entry("quarkus.datasource.reactive.max-size", "3"),
            Map.entry("quarkus.datasource.other.reactive.postgresql.ssl-mode", "require"),
            Map.entry("quarkus.hibernate-orm.log.sql", "true"),
            Map.entry("quarkus.hibernate-orm.unit.scripts.generation", "none"),
            Map.entry("quarkus.otel.exporter.otlp.endpoint", "http://localhost:1"),
            Map.entry("quarkus.vertx.cluster.host", "h"),
            Map.entry("quarkus.vertx.eventbus.key-certificate-pem.keys", "k"),
            Map.entry("countersign.ingest.named.eu.endpoint", "https://eu.example.com"));

    @Test
    void valuesAreTheSame() {
        assertSameValues(Map.of());
    }

    @Test
    void valuesAreTheSameWithSomeSettings() {
        assertSameValues(SOME_SETTINGS);
    }

    /** Somebody who sets a value to its default, also under the keys of maps. */
    @Test
    void valuesAreTheSameWithAllDefaultsSet() {
        Map<String, String> settings = new HashMap<>();
        Builder builder = new Builder(false);
        builder.build(Map.of());
        for (ConfigClass mapping : builder.getMappingsBuilder().getMappings()) {
            for (String name : mapping.getProperties().keySet()) {
                if (name.endsWith(".value") || name.endsWith(".policy")) { // which have no default, and are required
                    settings.put(name.replace("*", "some"), "lax");
                }
            }
        }
        builder.getDefaultValues().forEach((name, value) -> settings.put(name.replace("*", "some"), value));
        assertSameValues(settings);
    }

    @Test
    void sourceFindsWhatTheOneOfSmallRyeConfigFinds() {
        Map<String, String> defaults = defaults();
        DefaultValuesConfigSource expected = new DefaultValuesConfigSource(defaults, "expected", 0);
        DefaultsSource source = new DefaultsSource(defaults, Set.of());
        int found = 0;
        for (String name : defaults.keySet()) {
            for (String key : List.of("some", "\"some.key\"", "some.key", "some\"", "", "0")) {
                for (String end : List.of("", ".level", "x", "[0]")) {
                    String asked = name.replace("*", key) + end;
                    String value = expected.getValue(asked);
                    assertThat(source.getValue(asked)).as(asked).isEqualTo(value);
                    found += value == null ? 0 : 1;
                }
            }
        }
        assertThat(found).isGreaterThan(defaults.size());
    }

    @Test
    void namesOfDefaultsAreNotListed() {
        Set<String> listed = new HashSet<>();
        new Builder(true).build(Map.of()).getPropertyNames().forEach(listed::add);
        assertThat(listed).contains("quarkus.http.port").doesNotContain("quarkus.vertx.cluster.ping-interval");
    }

    private static Map<String, String> defaults() {
        Builder builder = new Builder(false);
        builder.build(Map.of());
        return builder.getDefaultValues();
    }

    private static void assertSameValues(Map<String, String> settings) {
        Map<String, String> expected = values(new Builder(false), settings);
        assertThat(expected).hasSizeGreaterThan(500);
        Map<String, String> values = values(new Builder(true), settings);
        assertThat(InterfaceValues.differences(expected, values)).isEmpty();
    }

    private static Map<String, String> values(Builder builder, Map<String, String> settings) {
        SmallRyeConfig config = builder.build(settings);
        return InterfaceValues.of(config, builder.getMappingsBuilder().getMappings());
    }
}
