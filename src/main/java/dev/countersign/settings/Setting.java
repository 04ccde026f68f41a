package dev.countersign.settings;

import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A setting: how an operator writes it, and what is wrong with a value.
 *
 * @param name the property, such as {@code countersign.db.url}
 * @param example what a good value looks like
 * @param absence what it means that there is no value, or an empty one
 * @param rule judges a value that is not empty
 */
record Setting(String name, String example, Absence absence, Rule rule) {

    private static final int MAX_ECHO = 200;
    private static final Pattern CONTROL = Pattern.compile("\\p{Cntrl}");
    /** User info, in which a password may have any character, and a password among the parameters of a database URL. */
    private static final Pattern HIDDEN = Pattern.compile("(?<=://).*(?=@)|(?<=[?&]password=)[^&]*");

    /** Says what is wrong with a value. */
    interface Rule {
        /** Half a sentence that goes on from the value, such as {@code is not a URL}, or null where it is good. */
        @Nullable
        String fault(String value);
    }

    /** What it means that a setting has no value. */
    enum Absence {
        /** The service cannot start. */
        REFUSED,
        /** Something is not done, or a default counts that is not a fixed value. Empty means the same. */
        ALLOWED,
        /** The default counts, and an empty value is a mistake. */
        DEFAULT
    }

    static Setting required(String name, String example, Rule rule) {
        return new Setting(name, example, Absence.REFUSED, rule);
    }

    static Setting optional(String name, String example, Rule rule) {
        return new Setting(name, example, Absence.ALLOWED, rule);
    }

    static Setting withDefault(String name, String example, Rule rule) {
        return new Setting(name, example, Absence.DEFAULT, rule);
    }

    /** The environment variable that sets it. */
    String variable() {
        return variable(name);
    }

    /** The environment variable that sets a property. */
    static String variable(String property) {
        return property.toUpperCase(Locale.ROOT).replaceAll("[^A-Z0-9]", "_");
    }

    /** The line that refuses a value, or null where the value is good. */
    @Nullable
    String refusal(@Nullable String value) {
        if (value == null || value.isEmpty()) {
            return absence == Absence.REFUSED
                    ? line("is not set")
                    : value != null && absence == Absence.DEFAULT ? line("is empty") : null;
        }
        String fault = rule.fault(value);
        return fault == null ? null : rule instanceof SecretRule ? line(fault) : line(value, fault);
    }

    /** The line that refuses a value for a reason of another setting's. */
    String line(String value, String fault) {
        String shown = HIDDEN.matcher(CONTROL.matcher(value).replaceAll("?")).replaceAll("***");
        String cut = shown.length() <= MAX_ECHO ? shown : shown.substring(0, MAX_ECHO) + "...";
        return line("\"" + cut + "\" " + fault);
    }

    private String line(String fault) {
        return name + " (" + variable() + ") " + fault + "; it should look like " + example;
    }

    /** A rule for values that are never shown. */
    interface SecretRule extends Rule {}
}
