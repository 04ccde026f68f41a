package dev.countersign.settings.start;

import dev.countersign.settings.start.MappingsAtBuild.Filled;
import io.smallrye.config.ConfigMappings.ConfigClass;
import io.smallrye.config.ConfigSourceContext;
import io.smallrye.config.ConfigSourceFactory;
import io.smallrye.config.SmallRyeConfigBuilder.MappingBuilder;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import org.eclipse.microprofile.config.spi.ConfigSource;

/**
 * Gives a configuration the interfaces that the build of the executable has filled, but only those that nothing from outside
 * touches: no variable, no property and no file has a name that begins as theirs do. SmallRye Config asks this factory for sources
 * when all others are known, and before it fills the interfaces. It gives no source.
 */
final class FilledMappings implements ConfigSourceFactory {

    /** A name below one of these may change how other names are found. */
    private static final List<String> CHANGE_ALL =
            List.of("smallrye", "mp", "config_ordinal", "quarkus.config", "quarkus.profile", "quarkus.test", "otel");

    private static final String FRAMEWORK = "quarkus";

    private final MappingsAtBuild built;
    private final MappingBuilder mappings;

    FilledMappings(MappingsAtBuild built, MappingBuilder mappings) {
        this.built = built;
        this.mappings = mappings;
    }

    @Override
    public Iterable<ConfigSource> getConfigSources(ConfigSourceContext context) {
        if (context.getProfiles().equals(built.profiles())) {
            Set<String> names = new HashSet<>();
            for (ConfigSource source : context.getConfigSources()) {
                if (!built.sources().contains(source.getName())) {
                    source.getPropertyNames().forEach(name -> names.add(withoutProfile(name)));
                }
            }
            MappingsAtBuild.USUAL.forEach((name, value) -> {
                if (value.equals(context.getValue(name).getValue())) {
                    names.remove(name);
                }
            });
            take(names);
        }
        return List.of();
    }

    private void take(Set<String> outside) {
        Map<ConfigClass, Filled> untouched = new HashMap<>(built.interfaces());
        untouched.keySet().retainAll(mappings.getMappings());
        for (String name : outside) {
            if (isBelowOne(CHANGE_ALL, name)) {
                return;
            }
            if (isBelowOne(built.roots(), name)) {
                if (isKnown(name)) {
                    untouched.values().removeIf(filled -> isBelowOne(filled.names(), name));
                } else if (mayBeOld(name)) {
                    return;
                } else {
                    untouched.keySet().removeIf(mapping -> isBelow(mapping.getPrefix(), name));
                }
            }
        }
        untouched.forEach(this::give);
    }

    private void give(ConfigClass mapping, Filled filled) {
        if (filled.instance() != null) {
            mappings.getMappings().remove(mapping);
            mappings.getMappingsInstances().put(mapping, filled.instance());
            if (!isBelow(FRAMEWORK, mapping.getPrefix())) {
                // The check of unknown names leaves out those of the framework, and would take these for unknown.
                mapping.getProperties().keySet().forEach(mappings::ignoredPath);
            }
        }
    }

    private boolean isKnown(String name) {
        return built.interfaces().values().stream().anyMatch(filled -> isBelowOne(filled.names(), name));
    }

    /** Whether an unknown name, which may be misspelt, has the prefix of no interface: then any may have had a value by that name. */
    private boolean mayBeOld(String name) {
        return isBelow(FRAMEWORK, name)
                && built.interfaces().keySet().stream()
                        .map(ConfigClass::getPrefix)
                        .noneMatch(prefix -> !prefix.equals(FRAMEWORK) && isBelow(prefix, name));
    }

    private static boolean isBelowOne(Collection<String> prefixes, String name) {
        for (String prefix : prefixes) {
            if (isBelow(prefix, name)) {
                return true;
            }
        }
        return false;
    }

    /** Whether a name, also one of a variable, is a prefix or begins with it and a character that ends a segment. */
    static boolean isBelow(String prefix, String name) {
        int length = prefix.length();
        if (name.length() < length) {
            return false;
        }
        for (int i = 0; i < length; i++) {
            char expected = prefix.charAt(i);
            char actual = name.charAt(i);
            if (expected != actual
                    && (isWord(expected) || isWord(actual))
                    && Character.toLowerCase(expected) != Character.toLowerCase(actual)) {
                return false;
            }
        }
        return length == 0 || name.length() == length || !isWord(name.charAt(length));
    }

    private static boolean isWord(char character) {
        return character != '_' && Character.isLetterOrDigit(character);
    }

    private static String withoutProfile(String name) {
        int dot = name.startsWith("%") ? name.indexOf('.') : -1;
        return name.substring(dot + 1);
    }

    /** After all others. */
    @Override
    public OptionalInt getPriority() {
        return OptionalInt.of(Integer.MIN_VALUE);
    }
}
