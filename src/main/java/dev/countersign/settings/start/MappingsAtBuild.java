package dev.countersign.settings.start;

import io.quarkus.runtime.ImageMode;
import io.quarkus.runtime.configuration.AbstractConfigBuilder;
import io.smallrye.config.ConfigMappings;
import io.smallrye.config.ConfigMappings.ConfigClass;
import io.smallrye.config.ConfigValidationException;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.PropertyName;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.smallrye.config.SmallRyeConfigBuilderCustomizer;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.eclipse.microprofile.config.spi.ConfigSource;
import org.jspecify.annotations.Nullable;

/**
 * Configuration interfaces filled with the values that are fixed in the program: its defaults and its own
 * {@code application.properties}. The build of a native executable fills them.
 *
 * @param interfaces all interfaces
 * @param roots the first segments of all names that values depend on
 * @param sources the names of the sources that the values come from
 * @param profiles the profiles that the values are of
 */
record MappingsAtBuild(
        Map<ConfigClass, Filled> interfaces, Set<String> roots, Set<String> sources, List<String> profiles) {

    /**
     * An interface.
     *
     * @param instance the filled interface, or null if it needs a setting of the operator
     * @param names the names that the values depend on; each stands for the names below it, too
     */
    record Filled(@Nullable Object instance, Set<String> names) {}

    /** A system property that defaults refer to, with the value that it has unless an operator sets it. */
    static final Map<String, String> USUAL = Map.of("java.io.tmpdir", "/tmp");

    /** The value that is false while interfaces are filled one by one, so that none refuses the names of the others. */
    private static final String CHECKED = "quarkus.config.mapping.validate-unknown";

    private static final Pattern REFERENCE = Pattern.compile("\\$\\{([^:}$]+)");

    /** Those of this executable; none on a JVM. */
    static final MappingsAtBuild OF_EXECUTABLE = ImageMode.current() == ImageMode.NATIVE_BUILD
            ? fill()
            : new MappingsAtBuild(Map.of(), Set.of(), Set.of(), List.of());

    /** A builder without the sources from outside: variables, system properties and files. */
    @SuppressWarnings("overrides") // SmallRye Config compares builders by a few settings; nobody compares these
    static final class Builder extends SmallRyeConfigBuilder {
        private final Set<ConfigClass> mappings = new HashSet<>();

        @Override
        protected List<ConfigSource> getDefaultSources() {
            return List.of(new PropertiesConfigSource(USUAL, "usual system properties", 0));
        }

        /** Takes the interfaces out, so that each can be filled alone, and some not at all. */
        private SmallRyeConfig buildWithoutMappings() {
            AbstractConfigBuilder.withCustomizer(this, "io.quarkus.runtime.generated.RunTimeConfig");
            withCustomizers(new SmallRyeConfigBuilderCustomizer() {
                @Override
                public void configBuilder(SmallRyeConfigBuilder builder) {
                    builder.withValidateUnknown(false);
                    mappings.addAll(builder.getMappingsBuilder().getMappings());
                    builder.getMappingsBuilder().getMappings().clear();
                }

                @Override
                public int priority() {
                    return Integer.MAX_VALUE;
                }
            });
            return build();
        }
    }

    /** Fills the interfaces. */
    static MappingsAtBuild fill() {
        Builder builder = new Builder();
        SmallRyeConfig config = builder.buildWithoutMappings();
        Map<ConfigClass, Filled> interfaces = new HashMap<>();
        for (ConfigClass mapping : builder.mappings) {
            interfaces.put(mapping, new Filled(instance(config, mapping), names(config, mapping)));
        }
        Set<String> sources = new HashSet<>();
        config.getConfigSources().forEach(source -> sources.add(source.getName()));
        Set<String> roots = interfaces.values().stream()
                .flatMap(filled -> filled.names().stream())
                .map(name -> name.replaceFirst("\\..*", ""))
                .collect(Collectors.toUnmodifiableSet());
        return new MappingsAtBuild(Map.copyOf(interfaces), roots, Set.copyOf(sources), config.getProfiles());
    }

    private static @Nullable Object instance(SmallRyeConfig config, ConfigClass mapping) {
        if (mapping.getProperties().containsKey(CHECKED)) {
            return null;
        }
        try {
            ConfigMappings.registerConfigMappings(config, Set.of(mapping));
            return config.getConfigMapping(mapping.getType(), mapping.getPrefix());
        } catch (ConfigValidationException needsSettings) {
            return null;
        }
    }

    private static Set<String> names(SmallRyeConfig config, ConfigClass mapping) {
        Set<String> names = new HashSet<>();
        for (String property : mapping.getProperties().keySet()) {
            names.add(property.replaceFirst("\\.?[*\\[].*", ""));
            addReferences(config, property, names);
            for (String given : config.getPropertyNames()) {
                if (PropertyName.equals(given, property)) {
                    addReferences(config, given, names);
                }
            }
        }
        return Set.copyOf(names);
    }

    /** Adds the names that the expressions in a value refer to. */
    private static void addReferences(SmallRyeConfig config, String name, Set<String> names) {
        String value = config.getConfigValue(name).getRawValue();
        if (value != null) {
            REFERENCE.matcher(value).results().map(match -> match.group(1)).forEach(reference -> {
                if (names.add(reference)) {
                    addReferences(config, reference, names);
                }
            });
        }
    }
}
