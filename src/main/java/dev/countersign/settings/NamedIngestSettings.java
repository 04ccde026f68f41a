package dev.countersign.settings;

import dev.countersign.dsn.IngestHosts;
import dev.countersign.dsn.NamedHostVariables;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Lists the settings of named ingest hosts for the check at start, and marks the hosts whose name is not allowed.
 *
 * @param hosts the settings of each host whose name is allowed
 * @param refused the properties of hosts whose name is not allowed, as settings that refuse every value
 */
record NamedIngestSettings(List<IngestSettings> hosts, List<Setting> refused) {

    private static final String EXAMPLE = NamedHostVariables.PROPERTIES + "eu-west.";

    /**
     * Finds the hosts.
     *
     * @param environment the variables of the process
     * @param properties the names of properties from all sources
     */
    static NamedIngestSettings of(Map<String, String> environment, Iterable<String> properties) {
        TreeSet<String> names = new TreeSet<>();
        List<Setting> refused = new ArrayList<>();
        for (String property : properties) {
            String name = name(property);
            if (name != null && !(name.indexOf('.') >= 0 && isVariable(property, environment))) {
                String fault = fault(name);
                if (fault == null) {
                    names.add(name);
                } else {
                    refused.add(refused(property, name, fault));
                }
            }
        }
        return new NamedIngestSettings(
                names.stream().map(NamedIngestSettings::below).toList(), List.copyOf(refused));
    }

    /** Whether a property is a setting of some named host, whatever the name. */
    static boolean has(String property) {
        return name(property) != null;
    }

    /** The settings that a misspelt property or variable of a named host may mean. */
    static Stream<Setting> near(String misspelt) {
        return names(misspelt).flatMap(name -> below(name).all().stream());
    }

    /** All settings, those that refuse every value first. */
    Stream<Setting> all() {
        return Stream.concat(refused.stream(), hosts.stream().flatMap(host -> host.all().stream()));
    }

    private static IngestSettings below(String name) {
        return IngestSettings.below(NamedHostVariables.PROPERTIES + name + ".");
    }

    /** The name of the host in a property; null if the property is no setting of a named host. */
    private static @Nullable String name(String property) {
        int dot = property.lastIndexOf('.');
        return property.startsWith(NamedHostVariables.PROPERTIES)
                        && dot > NamedHostVariables.PROPERTIES.length()
                        && NamedHostVariables.PARTS.contains(property.substring(dot + 1))
                ? property.substring(NamedHostVariables.PROPERTIES.length(), dot)
                : null;
    }

    /** Whether SmallRye Config made the property from a variable: it takes each {@code _} of a name for a dot. */
    private static boolean isVariable(String property, Map<String, String> environment) {
        return environment.keySet().stream().anyMatch(Setting.variable(property)::equalsIgnoreCase);
    }

    private static @Nullable String fault(String name) {
        try {
            IngestHosts.requireName(name);
            return null;
        } catch (IllegalArgumentException e) {
            return e.getMessage();
        }
    }

    private static Setting refused(String property, String name, String fault) {
        return Setting.required(
                property,
                EXAMPLE + property.substring(property.lastIndexOf('.') + 1),
                value -> "belongs to a host whose name \"" + name + "\" " + fault);
    }

    /** The names of hosts in a misspelt property or variable, whose last word or last two words may be the mistake. */
    private static Stream<String> names(String misspelt) {
        String words = misspelt.toLowerCase(Locale.ROOT).replace('_', '.');
        if (!words.startsWith(NamedHostVariables.PROPERTIES)) {
            return Stream.of();
        }
        String rest = words.substring(NamedHostVariables.PROPERTIES.length());
        int last = rest.lastIndexOf('.');
        int secondLast = rest.lastIndexOf('.', last - 1);
        return Stream.of(last, secondLast).filter(end -> end > 0).map(end -> rest.substring(0, end)
                .replace('.', '-'));
    }
}
