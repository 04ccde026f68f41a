package dev.countersign.settings;

import java.util.Collection;
import java.util.Locale;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Describes one setting of the service: its name, an example, and the rule for its values.
 *
 * @param name the property, such as {@code countersign.db.url}
 * @param example a good value
 * @param absence the meaning of a missing or empty value
 * @param rule checks a value that is not empty
 */
public record Setting(String name, String example, Absence absence, Rule rule) {

    private static final int MAX_ECHO = 200;
    private static final Pattern CONTROL = Pattern.compile("\\p{Cntrl}");
    /**
     * The secret parts of a URL: the user info, where a password may have any character, and the parameter {@code
     * password}.
     */
    private static final Pattern HIDDEN = Pattern.compile("(?<=://).*(?=@)|(?<=[?&]password=)[^&]*");

    /** The variables that Kubernetes sets in every container for a Service named countersign or countersign-db. */
    private static final Pattern SERVICE_LINK = Pattern.compile(
            "COUNTERSIGN_(?:.+_)?(?:SERVICE_HOST|SERVICE_PORT(?:_.+)?|PORT_[0-9]+_(?:TCP|UDP|SCTP)(?:_(?:PROTO|PORT|ADDR))?)=.*"
                    + "|COUNTERSIGN_(?:.+_)?PORT=(?:tcp|udp|sctp)://.*",
            Pattern.DOTALL);

    /** Interface: checks the values of a setting. */
    public interface Rule {
        /** The fault as half a sentence to follow the value, such as {@code is not a URL}; null for a good value. */
        @Nullable
        String fault(String value);
    }

    /** Lists what a missing value of a setting can mean. */
    public enum Absence {
        /** The service cannot start. */
        REFUSED,
        /** A feature is off, or a computed default counts. An empty value means the same. */
        ALLOWED,
        /** The default counts. An empty value is an error. */
        DEFAULT
    }

    /** A setting without which the service cannot start. */
    public static Setting required(String name, String example, Rule rule) {
        return new Setting(name, example, Absence.REFUSED, rule);
    }

    /** A setting that may be missing. */
    public static Setting optional(String name, String example, Rule rule) {
        return new Setting(name, example, Absence.ALLOWED, rule);
    }

    static Setting withDefault(String name, String example, Rule rule) {
        return new Setting(name, example, Absence.DEFAULT, rule);
    }

    /** The environment variable for the setting. */
    String variable() {
        return variable(name);
    }

    /** The environment variable for a property. */
    public static String variable(String property) {
        return property.toUpperCase(Locale.ROOT).replaceAll("[^A-Z0-9]", "_");
    }

    /**
     * Whether SmallRye Config may have made a property from a variable of the process: it takes each {@code _} of the variable's
     * name for a dot, so the variable itself says more.
     *
     * @param variables the names of the variables
     */
    public static boolean isVariable(String property, Collection<String> variables) {
        return variables.stream().anyMatch(variable(property)::equalsIgnoreCase);
    }

    /** Whether a property begins with a prefix, and does not come from a variable, which is read itself. */
    public static boolean isPropertyBelow(String prefix, String property, Collection<String> variables) {
        return property.startsWith(prefix) && !isVariable(property, variables);
    }

    /**
     * Whether a variable begins with a prefix, and is not one that Kubernetes makes for a Service.
     *
     * @param prefix such as {@code COUNTERSIGN_ISSUERS_}; the variable may be in any case
     */
    public static boolean isVariableBelow(String prefix, String variable, String value) {
        return variable.toUpperCase(Locale.ROOT).startsWith(prefix) && !isServiceLink(variable, value);
    }

    /** Whether a variable is one of those by which Kubernetes tells containers of a Service whose name begins with countersign. */
    static boolean isServiceLink(String variable, String value) {
        return SERVICE_LINK.matcher(variable + "=" + value).matches();
    }

    /** The value, or null if it is missing or empty. */
    @Nullable
    String value(Function<String, @Nullable String> values) {
        String value = values.apply(name);
        return value == null || value.isEmpty() ? null : value;
    }

    /** The error line for a value; null for a good value. */
    public @Nullable String refusal(@Nullable String value) {
        if (value == null || value.isEmpty()) {
            return absence == Absence.REFUSED
                    ? line("is not set")
                    : value != null && absence == Absence.DEFAULT ? line("is empty") : null;
        }
        String fault = rule.fault(value);
        return fault == null ? null : rule instanceof SecretRule ? line(fault) : line(value, fault);
    }

    /**
     * The error line for a value and its fault. Secret parts are hidden, control characters replaced, long values cut.
     */
    public String line(String value, String fault) {
        String shown = HIDDEN.matcher(CONTROL.matcher(value).replaceAll("?")).replaceAll("***");
        String cut = shown.length() <= MAX_ECHO ? shown : shown.substring(0, MAX_ECHO) + "...";
        return line("\"" + cut + "\" " + fault);
    }

    private String line(String fault) {
        return name + " (" + variable() + ") " + fault + "; it should look like " + example;
    }

    /** Interface: checks secret values, which no error line shows. */
    interface SecretRule extends Rule {}
}
