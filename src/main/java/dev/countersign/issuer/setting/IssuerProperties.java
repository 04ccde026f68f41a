package dev.countersign.issuer.setting;

import dev.countersign.settings.Setting;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Finds the properties of issuers, among all properties and environment variables. A name of an issuer has no underscore, so a
 * variable tells where the name ends.
 *
 * @param names the names of issuers, in order
 * @param properties the properties that are set and have the form of a setting of an issuer
 * @param refusals an error line for each property and variable that has not
 */
record IssuerProperties(Set<String> names, Set<String> properties, List<String> refusals) {

    static final String PREFIX = "countersign.issuers.";

    private static final String VARIABLES = Setting.variable(PREFIX);

    /** The settings of an issuer that are not those of its grants. */
    static final List<String> PARTS =
            List.of("issuer", "audience", "jwks-url", "jwks-file", "jwks-ca-file", "jwks-token-file", "jwks-max-stale");

    /** The settings of a grant that are not those of its further conditions. */
    static final List<String> GRANT_PARTS = List.of("claim", "matches", "organization", "scopes", "expires-within");

    /** The settings of a further condition of a grant. */
    static final List<String> CONDITION_PARTS = List.of("claim", "matches");

    private static final String NAME = "[a-z][a-z0-9]{0,31}";

    /** The number of a grant or condition, 0 to 999. A zero before it would make two names of one setting. */
    private static final String NUMBER = "(?:0|[1-9][0-9]{0,2})";

    /** The audit trail shows these before a colon, or alone. */
    private static final Set<String> RESERVED =
            Set.of("operator", "apikey", "database", "apply", "import", "export", "relay");

    private static final Pattern PROPERTY =
            Pattern.compile("countersign\\.issuers\\.(?<name>[^.]+)\\.(?:" + any(PARTS) + "|grants\\[" + NUMBER
                    + "]\\.(?:" + any(GRANT_PARTS) + "|and\\[" + NUMBER + "]\\.(?:" + any(CONDITION_PARTS) + ")))");

    private static final Pattern VARIABLE = Pattern.compile("COUNTERSIGN_ISSUERS_(?<name>[A-Z0-9]+)_(?:(?<part>"
            + any(PARTS).toUpperCase(Locale.ROOT).replace('-', '_')
            + ")|GRANTS_(?<grant>" + NUMBER + ")__(?:AND_(?<and>" + NUMBER + ")__)?(?<of>"
            + any(GRANT_PARTS).toUpperCase(Locale.ROOT).replace('-', '_') + "))");

    private static final String FORMS = " is no setting of an issuer; those are countersign.issuers.<name>."
            + String.join(", ", PARTS) + ", grants[0]." + String.join(", ", GRANT_PARTS) + ", grants[0].and[0]."
            + String.join(", ", CONDITION_PARTS);

    /**
     * Finds them.
     *
     * @param environment the variables of the process
     * @param properties the names of properties from all sources
     */
    static IssuerProperties of(Map<String, String> environment, Iterable<String> properties) {
        Set<String> names = new TreeSet<>();
        Set<String> found = new TreeSet<>();
        List<String> refusals = new ArrayList<>();
        for (String property : properties) {
            if (Setting.isPropertyBelow(PREFIX, property, environment.keySet())) {
                add(property, property, names, found, refusals);
            }
        }
        environment.forEach((variable, value) -> {
            if (Setting.isVariableBelow(VARIABLES, variable, value)) {
                add(variable, property(variable), names, found, refusals);
            }
        });
        return new IssuerProperties(names, found, refusals);
    }

    private static void add(
            String told, @Nullable String property, Set<String> names, Set<String> found, List<String> refusals) {
        Matcher form = PROPERTY.matcher(property == null ? "" : property);
        if (property == null || !form.matches()) {
            refusals.add(told + FORMS);
            return;
        }
        String name = form.group("name");
        if (!name.matches(NAME)) {
            refusals.add(told + " belongs to an issuer whose name \"" + name
                    + "\" is not a lower-case letter and at most 31 lower-case letters and digits");
        } else if (RESERVED.contains(name)) {
            refusals.add(told + " belongs to an issuer whose name \"" + name + "\" is one of "
                    + String.join(", ", new TreeSet<>(RESERVED)) + ", which the audit trail uses for others");
        } else {
            names.add(name);
            found.add(property);
        }
    }

    /** The property that a variable sets; null if it sets none. */
    private static @Nullable String property(String variable) {
        Matcher form = VARIABLE.matcher(variable.toUpperCase(Locale.ROOT));
        if (!form.matches()) {
            return null;
        }
        String issuer = PREFIX + lower(form.group("name")) + ".";
        if (form.group("part") != null) {
            return issuer + lower(form.group("part"));
        }
        String and = form.group("and") == null ? "" : "and[" + form.group("and") + "].";
        return issuer + "grants[" + form.group("grant") + "]." + and + lower(form.group("of"));
    }

    private static String lower(String text) {
        return text.toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static String any(List<String> parts) {
        return String.join("|", parts);
    }
}
