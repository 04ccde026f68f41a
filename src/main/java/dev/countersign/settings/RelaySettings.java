package dev.countersign.settings;

import dev.countersign.relay.signature.RelayKey;
import dev.countersign.relay.trusted.Relay;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Static helper: lists the settings of relays for the check at start: two for each relay, and one for each project whose events
 * relays send to a server of their own.
 */
final class RelaySettings {

    /** Begins the name of each setting of a relay. */
    static final String RELAYS = "countersign.relays.";

    private static final String UPSTREAMS = "countersign.relay-upstream.";
    private static final Pattern RELAY = Pattern.compile("countersign[.]relays[.](.+)[.](?:id|public-key)");
    private static final Pattern ID = Pattern.compile("countersign[.]relays[.].+[.]id");
    private static final Pattern RELAY_VARIABLE =
            Pattern.compile("COUNTERSIGN_RELAYS_(.+)_(?:ID|PUBLIC_KEY)", Pattern.CASE_INSENSITIVE);
    private static final Pattern UPSTREAM_VARIABLE =
            Pattern.compile("COUNTERSIGN_RELAY_UPSTREAM_([0-9]+)", Pattern.CASE_INSENSITIVE);
    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9]{0,31}");
    private static final Pattern PROJECT_ID = Pattern.compile("[1-9][0-9]{0,17}");

    private RelaySettings() {}

    /**
     * The settings of all relays and upstreams.
     *
     * @param variables the names of the variables of the process
     * @param properties the names of properties from all sources
     */
    static List<Setting> of(Set<String> variables, List<String> properties) {
        TreeSet<String> relays = new TreeSet<>();
        TreeSet<String> projects = new TreeSet<>();
        variables.forEach(variable -> {
            first(RELAY_VARIABLE, variable)
                    .map(name -> name.toLowerCase(Locale.ROOT))
                    .ifPresent(relays::add);
            first(UPSTREAM_VARIABLE, variable).ifPresent(projects::add);
        });
        properties.forEach(property -> {
            first(RELAY, property)
                    .filter(name -> !Setting.isVariable(property, variables))
                    .ifPresent(relays::add);
            if (Setting.isPropertyBelow(UPSTREAMS, property, variables)) {
                projects.add(property.substring(UPSTREAMS.length()));
            }
        });
        return Stream.concat(
                        relays.stream().flatMap(RelaySettings::relay),
                        projects.stream().map(RelaySettings::upstream))
                .toList();
    }

    /** Whether a property is such a setting, whatever the name. */
    static boolean has(String property) {
        return RELAY.matcher(property).matches() || property.startsWith(UPSTREAMS);
    }

    /** Whether a variable is such a setting, whatever the name. */
    static boolean hasVariable(String variable) {
        return RELAY_VARIABLE.matcher(variable).matches()
                || UPSTREAM_VARIABLE.matcher(variable).matches();
    }

    /** An error line for each relay with the id of a relay before it: only one of the two could be trusted. */
    static List<String> contradictions(List<Setting> settings, Function<String, @Nullable String> values) {
        List<String> lines = new ArrayList<>();
        Map<String, Setting> byId = new HashMap<>();
        for (Setting setting : settings) {
            String value = ID.matcher(setting.name()).matches() ? setting.value(values) : null;
            String id = Relay.id(value);
            Setting other = id == null ? null : byId.putIfAbsent(id, setting);
            if (value != null && other != null) {
                lines.add(setting.line(value, "is also the value of " + other.name()));
            }
        }
        return lines;
    }

    /** The settings that a misspelt property or variable may mean. */
    static Stream<Setting> near(String misspelt) {
        return misspelt.toLowerCase(Locale.ROOT).replace('_', '.').startsWith("countersign.relay")
                ? Stream.concat(relay("edge"), Stream.of(upstream("7")))
                : Stream.of();
    }

    private static Stream<Setting> relay(String name) {
        String prefix = RELAYS + name;
        Setting.Rule known = value -> NAME.matcher(name).matches()
                ? null
                : "belongs to a relay whose name \"" + name + "\" is not a letter and up to 31 letters and digits";
        return Stream.of(
                Setting.required(prefix + ".id", "4b0a6a4e-2f0c-4c7e-9a39-0f5d2b6a7c11", value -> {
                    String fault = known.fault(value);
                    return fault != null || canRegister(value) ? fault : "is no UUID of version 4";
                }),
                Setting.required(prefix + ".public-key", "JOaR2bHZ31zYjFojC7UhPOidzfT3qOQgT9WEBw1JAKU", value -> {
                    String fault = known.fault(value);
                    return fault != null ? fault : SettingRules.faultOf(() -> RelayKey.require(value));
                }));
    }

    private static boolean canRegister(String id) {
        String normal = Relay.id(id);
        return normal != null && Relay.REGISTRABLE.matcher(normal).matches();
    }

    private static Setting upstream(String projectId) {
        return Setting.required(
                UPSTREAMS + projectId,
                "https://ingest.example.com",
                value -> PROJECT_ID.matcher(projectId).matches()
                        ? originFault(value)
                        : "belongs to \"" + projectId + "\", which is not the id of a project");
    }

    /** A value must be a scheme and a host, without a path. */
    private static @Nullable String originFault(String value) {
        String fault = SettingRules.endpoint(value);
        return fault != null || value.matches("https?://[^/]+/?") ? fault : "has a path";
    }

    private static Optional<String> first(Pattern pattern, String text) {
        Matcher matcher = pattern.matcher(text);
        return matcher.matches() ? Optional.of(matcher.group(1)) : Optional.empty();
    }
}
