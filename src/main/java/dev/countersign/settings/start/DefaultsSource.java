package dev.countersign.settings.start;

import io.smallrye.config.DefaultValuesConfigSource;
import io.smallrye.config.PropertyName;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.eclipse.microprofile.config.spi.ConfigSource;
import org.jspecify.annotations.Nullable;

/**
 * Configuration source of defaults, with the values that {@link DefaultValuesConfigSource} gives. A pattern is a name with a
 * {@code *}, and has the default of all names that {@link PropertyName#equals(String, String)} finds equal. The source of SmallRye
 * Config compares each name without a default with all patterns; this one only with those of the same last segment.
 */
final class DefaultsSource implements ConfigSource {

    private record Pattern(String name, String value) {}

    private final Map<String, String> values = new HashMap<>();
    /** The patterns by their last segment; those whose last segment has a {@code *} are under {@code *}. */
    private final Map<String, List<Pattern>> patterns = new HashMap<>();

    private final Set<String> listed = new HashSet<>();

    /**
     * A source.
     *
     * @param defaults the defaults by their names and patterns
     * @param unlisted names that {@link #getPropertyNames} leaves out
     */
    DefaultsSource(Map<String, String> defaults, Set<String> unlisted) {
        defaults.forEach((name, value) -> {
            if (name.indexOf('*') >= 0) {
                String last = lastSegment(name);
                patterns.computeIfAbsent(last.indexOf('*') < 0 ? last : "*", segment -> new ArrayList<>())
                        .add(new Pattern(name, value));
            } else {
                values.put(name, value);
                if (!unlisted.contains(name)) {
                    listed.add(name);
                }
            }
        });
    }

    private static String lastSegment(String name) {
        return name.substring(name.lastIndexOf('.') + 1);
    }

    @Override
    public @Nullable String getValue(String name) {
        String value = values.get(name);
        if (value == null) {
            value = match(name, lastSegment(name));
        }
        return value == null ? match(name, "*") : value;
    }

    private @Nullable String match(String name, String lastSegment) {
        for (Pattern pattern : patterns.getOrDefault(lastSegment, List.of())) {
            if (PropertyName.equals(name, pattern.name())) {
                return pattern.value();
            }
        }
        return null;
    }

    @Override
    public Set<String> getPropertyNames() {
        return listed;
    }

    /** That of SmallRye Config's own source, by which {@code ConfigValue.isDefault} knows a default. */
    @Override
    public String getName() {
        return DefaultValuesConfigSource.NAME;
    }

    @Override
    public int getOrdinal() {
        return DefaultValuesConfigSource.ORDINAL;
    }
}
