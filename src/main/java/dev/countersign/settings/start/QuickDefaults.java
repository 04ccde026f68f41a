package dev.countersign.settings.start;

import io.smallrye.config.ConfigMappings.ConfigClass;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.smallrye.config.SmallRyeConfigBuilderCustomizer;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * Configuration customizer: moves all defaults to a source that finds them quickly, and lists only the names that matter. A start
 * goes through the list of all names some hundred times: to see which are unknown, which optional groups are wanted, and which
 * keys a map has. Then this customizer adds {@link FilledMappings}.
 */
public class QuickDefaults implements SmallRyeConfigBuilderCustomizer {

    @Override
    public void configBuilder(SmallRyeConfigBuilder builder) {
        Map<String, String> defaults = builder.getDefaultValues();
        Set<String> maps = new HashSet<>();
        Set<String> unlisted = new HashSet<>();
        for (ConfigClass mapping : builder.getMappingsBuilder().getMappings()) {
            for (String name : mapping.getProperties().keySet()) {
                int star = name.indexOf('*');
                if (star >= 0) {
                    maps.add(name.substring(0, star));
                } else if (defaults.containsKey(name)) {
                    unlisted.add(name);
                }
            }
        }
        unlisted.removeIf(name -> isBelow(maps, name));
        builder.withSources(new DefaultsSource(defaults, unlisted));
        defaults.clear();
        // "quarkus.**" ignores them, too, and the check of unknown names compares each name with all of them.
        builder.getMappingsBuilder()
                .getIgnoredPaths()
                .removeIf(path -> path.startsWith("quarkus.") && !path.equals("quarkus.**"));
        if (!(builder instanceof MappingsAtBuild.Builder)) {
            builder.withSources(new FilledMappings(MappingsAtBuild.OF_EXECUTABLE, builder.getMappingsBuilder()));
        }
    }

    private static boolean isBelow(Set<String> maps, String name) {
        for (String map : maps) {
            if (name.startsWith(map)) {
                return true;
            }
        }
        return false;
    }

    /** After all others, which add the configuration interfaces. */
    @Override
    public int priority() {
        return Integer.MAX_VALUE;
    }
}
