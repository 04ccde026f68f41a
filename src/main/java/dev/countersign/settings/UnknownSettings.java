package dev.countersign.settings;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Static helper: finds environment variables and properties that look like settings of this service but are unknown, mostly
 * misspelt, and writes a warning for each.
 */
final class UnknownSettings {

    private static final String PROPERTIES = "countersign.";
    private static final String VARIABLES = "COUNTERSIGN_";
    /** The settings of issuers begin so. Their own check refuses the unknown ones. */
    private static final String ISSUERS = "countersign.issuers.";

    private UnknownSettings() {}

    /**
     * A warning for each unknown name.
     *
     * @param environment the variables of the process
     * @param properties the names of properties from all sources
     */
    static List<String> warnings(Map<String, String> environment, Iterable<String> properties) {
        List<String> lines = new ArrayList<>();
        for (Map.Entry<String, String> variable : environment.entrySet()) {
            String name = variable.getKey();
            if (name.toUpperCase(Locale.ROOT).startsWith(VARIABLES)
                    && Settings.ALL.stream()
                            .noneMatch(setting -> setting.variable().equalsIgnoreCase(name))
                    && !NamedSettings.hasVariable(name)
                    && !name.toUpperCase(Locale.ROOT).startsWith(Setting.variable(ISSUERS))
                    && !Setting.isServiceLink(name, variable.getValue())) {
                lines.add(warning(name, VARIABLES, Setting::variable));
            }
        }
        for (String name : properties) {
            if (name.startsWith(PROPERTIES)
                    && !NamedSettings.has(name)
                    && !name.startsWith(ISSUERS)
                    && Settings.ALL.stream().noneMatch(setting -> setting.name().equals(name))
                    && !Setting.isVariable(name, environment.keySet())) {
                lines.add(warning(name, PROPERTIES, Setting::name));
            }
        }
        lines.sort(Comparator.naturalOrder());
        return lines;
    }

    private static String warning(String name, String prefix, Function<Setting, String> spelling) {
        String upper = name.toUpperCase(Locale.ROOT);
        Setting nearest = Stream.concat(Settings.ALL.stream(), NamedSettings.near(name))
                .min(Comparator.comparingInt(setting -> distance(setting, spelling, upper)))
                .orElseThrow();
        boolean near = distance(nearest, spelling, upper) <= Math.max(2, (name.length() - prefix.length()) / 2);
        return name + " is no setting"
                + (near ? "; did you mean " + spelling.apply(nearest) + "?" : ", and none has a name like that");
    }

    private static int distance(Setting setting, Function<Setting, String> spelling, String upper) {
        return distance(spelling.apply(setting).toUpperCase(Locale.ROOT), upper);
    }

    /** The Levenshtein distance: the number of letters to insert, remove or replace. */
    private static int distance(String a, String b) {
        int[] row = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int replaced = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(replaced, 1 + Math.min(row[j], row[j - 1]));
            }
        }
        return row[b.length()];
    }
}
