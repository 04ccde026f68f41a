package dev.countersign.settings.start;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.dsn.IngestConfig;
import dev.countersign.settings.Setting;
import io.quarkus.datasource.runtime.DataSourcesRuntimeConfig;
import io.quarkus.runtime.configuration.AbstractConfigBuilder;
import io.quarkus.runtime.logging.LogRuntimeConfig;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.tls.runtime.config.TlsConfig;
import io.quarkus.vertx.http.runtime.VertxHttpConfig;
import io.quarkus.vertx.http.runtime.management.ManagementConfig;
import io.smallrye.config.ConfigMappings.ConfigClass;
import io.smallrye.config.EnvConfigSource;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.smallrye.config.SmallRyeConfigBuilderCustomizer;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.eclipse.microprofile.config.spi.ConfigSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A start of the executable reads what an operator sets, although its build has filled configuration interfaces. */
@QuarkusTest
class FilledMappingsTest {

    /** A builder that has variables and properties of the test as its only sources from outside. */
    @SuppressWarnings("overrides")
    private static final class Builder extends SmallRyeConfigBuilder implements SmallRyeConfigBuilderCustomizer {
        private final MappingsAtBuild built;
        private final Map<String, String> variables;
        private final Map<String, String> properties;
        private final Set<ConfigClass> mappings = new HashSet<>();

        Builder(MappingsAtBuild built, Map<String, String> variables, Map<String, String> properties) {
            this.built = built;
            this.variables = variables;
            this.properties = properties;
            AbstractConfigBuilder.withCustomizer(this, "io.quarkus.runtime.generated.RunTimeConfig");
            withCustomizers(this);
        }

        @Override
        protected List<ConfigSource> getDefaultSources() {
            return List.of(
                    new EnvConfigSource(variables, 300),
                    new PropertiesConfigSource(properties, "test", 400),
                    new PropertiesConfigSource(MappingsAtBuild.USUAL, "test", 100));
        }

        @Override
        public void configBuilder(SmallRyeConfigBuilder builder) {
            mappings.addAll(getMappingsBuilder().getMappings());
            withSources(new FilledMappings(built, getMappingsBuilder()));
        }

        @Override
        public int priority() {
            return Integer.MAX_VALUE;
        }

        private Object instance(ConfigClass mapping) {
            return built.interfaces().get(mapping).instance();
        }

        /** The interfaces that are those of the build. */
        Set<ConfigClass> filled() {
            SmallRyeConfig config = build();
            return mappings.stream()
                    .filter(mapping ->
                            config.getConfigMapping(mapping.getType(), mapping.getPrefix()) == instance(mapping))
                    .collect(Collectors.toSet());
        }
    }

    private static final MappingsAtBuild NONE = new MappingsAtBuild(Map.of(), Set.of(), Set.of(), List.of());
    private static final MappingsAtBuild BUILT = MappingsAtBuild.fill();

    @Test
    void valuesAreTheSame() {
        assertSameValues(Map.of(), Map.of());
        assertSameValues(Map.of(), QuickDefaultsTest.SOME_SETTINGS);
        Map<String, String> variables = new HashMap<>();
        QuickDefaultsTest.SOME_SETTINGS.forEach((name, value) -> variables.put(Setting.variable(name), value));
        assertSameValues(variables, Map.of());
        assertSameValues(Map.of("QUARKUS_PROFILE", "dev"), Map.of());
    }

    private static void assertSameValues(Map<String, String> variables, Map<String, String> properties) {
        Builder expected = new Builder(NONE, variables, properties);
        Map<String, String> values = InterfaceValues.of(expected.build(), expected.mappings);
        assertThat(values).hasSizeGreaterThan(500);
        Builder builder = new Builder(BUILT, variables, properties);
        assertThat(InterfaceValues.differences(values, InterfaceValues.of(builder.build(), builder.mappings)))
                .isEmpty();
    }

    @Test
    void untouchedInterfacesAreThoseOfTheBuild() {
        assertThat(types(Map.of("PATH", "/bin", "QUARKUS_HTTP_PORT", "1"), Map.of("java.version", "17")))
                .contains(LogRuntimeConfig.class, TlsConfig.class, IngestConfig.class);
    }

    @Test
    void nameInAnExpressionTouchesTheInterface() {
        assertThat(types(Map.of("PATH", "/bin"), Map.of()))
                .contains(VertxHttpConfig.class, DataSourcesRuntimeConfig.class);
        assertThat(types(Map.of("PORT", "1"), Map.of()))
                .contains(DataSourcesRuntimeConfig.class)
                .doesNotContain(VertxHttpConfig.class);
        assertThat(types(Map.of("COUNTERSIGN_DB_USERNAME", "me"), Map.of()))
                .contains(VertxHttpConfig.class)
                .doesNotContain(DataSourcesRuntimeConfig.class);
    }

    @Test
    void usualTemporaryFolderTouchesNothing() {
        assertThat(types(Map.of(), Map.of("java.io.tmpdir", "/tmp"))).contains(ManagementConfig.class);
        assertThat(types(Map.of(), Map.of("java.io.tmpdir", "/var/tmp")))
                .contains(LogRuntimeConfig.class)
                .doesNotContain(ManagementConfig.class);
    }

    @Test
    void unknownNameTouchesAllInterfacesOfItsPrefix() {
        assertThat(types(Map.of(), Map.of("quarkus.log.levle", "DEBUG")))
                .contains(TlsConfig.class)
                .doesNotContain(LogRuntimeConfig.class);
    }

    @Test
    void touchedInterfaceIsFilledByTheStart() {
        assertThat(types(Map.of("QUARKUS_LOG_LEVEL", "DEBUG"), Map.of()))
                .contains(TlsConfig.class)
                .doesNotContain(LogRuntimeConfig.class);
        assertThat(types(Map.of("quarkus_log_category__a_b__level", "DEBUG"), Map.of()))
                .doesNotContain(LogRuntimeConfig.class);
        assertThat(types(Map.of(), Map.of("%dev.countersign.ingest.endpoint", "https://a.example")))
                .contains(LogRuntimeConfig.class)
                .doesNotContain(IngestConfig.class);
    }

    /** One property after another of each interface, as a property and as a variable. */
    @Test
    void eachPropertyOfAnInterfaceTouchesIt() {
        Set<ConfigClass> all = new Builder(BUILT, Map.of(), Map.of()).filled();
        assertThat(all).hasSizeGreaterThan(20);
        int touched = 0;
        for (ConfigClass mapping : all) {
            List<Map.Entry<String, String>> properties = mapping.getProperties().entrySet().stream()
                    .filter(property ->
                            property.getValue() != null && !property.getKey().contains("*"))
                    .limit(3)
                    .toList();
            for (Map.Entry<String, String> property : properties) {
                String name = property.getKey();
                assertThat(new Builder(BUILT, Map.of(), Map.of(name, property.getValue())).filled())
                        .as(name)
                        .doesNotContain(mapping);
                assertThat(new Builder(BUILT, Map.of(Setting.variable(name), property.getValue()), Map.of()).filled())
                        .as(Setting.variable(name))
                        .doesNotContain(mapping);
                touched++;
            }
        }
        assertThat(touched).isGreaterThan(30);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "quarkus.profile",
                "smallrye.config.profile",
                "smallrye.config.locations",
                "quarkus.config.locations",
                "otel.service.name",
                "quarkus.opentelemetry.tracer.sampler",
                "mp.config.profile"
            })
    void nameThatMayChangeOthersHasAllFilledByTheStart(String name) {
        String value = name.endsWith("locations") ? "target/none.properties" : "test";
        assertThat(types(Map.of(), Map.of(name, value))).isEmpty();
        assertThat(types(Map.of(Setting.variable(name), value), Map.of())).isEmpty();
    }

    private static Set<Class<?>> types(Map<String, String> variables, Map<String, String> properties) {
        return new Builder(BUILT, variables, properties)
                .filled().stream().map(ConfigClass::getType).collect(Collectors.toSet());
    }
}
