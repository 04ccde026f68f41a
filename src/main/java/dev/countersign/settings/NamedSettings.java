package dev.countersign.settings;

import dev.countersign.dsn.IngestHosts;
import dev.countersign.dsn.NamedHostVariables;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Lists the settings below names that the operator chooses, of named ingest hosts and of relays, for the check at start, and
 * marks the names that are not allowed.
 *
 * @param hosts the settings of each ingest host whose name is allowed
 * @param relays the settings of relays
 * @param refused the properties below names that are not allowed, as settings that refuse every value
 */
record NamedSettings(List<IngestSettings> hosts, List<Setting> relays, List<Setting> refused) {

    private static final String EXAMPLE = NamedHostVariables.PROPERTIES + "eu-west.";

    /**
     * Finds the hosts and the relays.
     *
     * @param environment the variables of the process
     * @param properties the names of properties from all sources
     */
    static NamedSettings of(Map<String, String> environment, Iterable<String> properties) {
        TreeSet<String> names = new TreeSet<>();
        List<Setting> refused = new ArrayList<>();
        List<String> all = new ArrayList<>();
        properties.forEach(all::add); // the names of a Config can be iterated once
        for (String property : all) {
            String name = name(property);
            if (name != null && !(name.indexOf('.') >= 0 && Setting.isVariable(property, environment.keySet()))) {
                String fault = fault(name);
                if (fault == null) {
                    names.add(name);
                } else {
                    refused.add(refused(property, name, fault));
                }
            }
        }
        return new NamedSettings(
                names.stream().map(NamedSettings::below).toList(),
                RelaySettings.of(environment.keySet(), all),
                List.copyOf(refused));
    }

    /** Whether a property is a setting of some named host or relay, whatever the name. */
    static boolean has(String property) {
        return name(property) != null || RelaySettings.has(property);
    }

    /** Whether a variable is a setting of some named host or relay, whatever the name. */
    static boolean hasVariable(String variable) {
        return NamedHostVariables.property(variable) != null || RelaySettings.hasVariable(variable);
    }

    /** The settings that a misspelt property or variable of a named host or a relay may mean. */
    static Stream<Setting> near(String misspelt) {
        return Stream.concat(names(misspelt).flatMap(name -> below(name).all().stream()), RelaySettings.near(misspelt));
    }

    /** All settings, those that refuse every value first. */
    Stream<Setting> all() {
        return Stream.of(refused.stream(), hosts.stream().flatMap(host -> host.all().stream()), relays.stream())
                .flatMap(settings -> settings);
    }

    /**
     * The error lines of values that are correct by themselves and contradict each other.
     *
     * @param prefix only settings whose names begin so are judged
     * @param values returns the value of a property, or null without a value
     */
    List<String> contradictions(String prefix, Function<String, @Nullable String> values) {
        List<String> lines = new ArrayList<>();
        for (IngestSettings host : hosts) {
            if (host.endpoint().name().startsWith(prefix)) {
                lines.addAll(host.contradictions(values));
            }
        }
        if (RelaySettings.RELAYS.startsWith(prefix)) {
            lines.addAll(RelaySettings.contradictions(relays, values));
        }
        return lines;
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
