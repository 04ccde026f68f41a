package dev.countersign.web.member;

import java.util.EnumSet;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The rule that a text member must keep: length, form, whether it may be empty or null. Surrounding white space is dropped;
 * lengths count characters, not UTF-16 units.
 *
 * @param maxLength the greatest length
 * @param form what the text must match, or null
 * @param formMessage what a caller is told otherwise
 * @param options what may be left out or empty
 */
public record TextRule(int maxLength, @Nullable Pattern form, String formMessage, Set<Option> options) {

    private static final int NEXT_LINE = 0x85;

    /** What may be left out or empty. */
    public enum Option {
        REQUIRED,
        NULLABLE,
        BLANK
    }

    /** At most so many characters; neither null nor blank where it is sent. */
    public static TextRule upTo(int maxLength) {
        return new TextRule(maxLength, null, "", Set.of());
    }

    /** The whole text must match. */
    public TextRule matching(Pattern pattern, String message) {
        return new TextRule(maxLength, pattern, message, options);
    }

    /** Must be sent. */
    public TextRule required() {
        return with(Option.REQUIRED);
    }

    /** May be null. */
    public TextRule nullable() {
        return with(Option.NULLABLE);
    }

    /** May be empty. */
    public TextRule blank() {
        return with(Option.BLANK);
    }

    boolean isRequired() {
        return options.contains(Option.REQUIRED);
    }

    boolean isNullable() {
        return options.contains(Option.NULLABLE);
    }

    /** Without white space at its ends; as in Python, no-break spaces and their kind are white space too. */
    static String strip(String text) {
        int start = 0;
        int end = text.length();
        while (start < end && isSpace(text.charAt(start))) {
            start++;
        }
        while (start < end && isSpace(text.charAt(end - 1))) {
            end--;
        }
        return text.substring(start, end);
    }

    private static boolean isSpace(char character) {
        return Character.isWhitespace(character) || Character.isSpaceChar(character) || character == NEXT_LINE;
    }

    /** What is wrong with a text, or null. */
    @Nullable
    String fault(String text) {
        if (text.isEmpty()) {
            return options.contains(Option.BLANK) ? null : "This field may not be blank.";
        }
        String unfit = UnstorableCharacters.fault(text);
        if (unfit != null) {
            return unfit;
        }
        if (text.codePointCount(0, text.length()) > maxLength) {
            return "Ensure this field has no more than " + maxLength + " characters.";
        }
        return form == null || form.matcher(text).matches() ? null : formMessage;
    }

    /** The same for a text that was sent as a number: whatever must have a form is written as a text. */
    @Nullable
    String faultOfNumber(String text) {
        return form == null ? fault(text) : formMessage;
    }

    private TextRule with(Option option) {
        EnumSet<Option> more = EnumSet.of(option);
        more.addAll(options);
        return new TextRule(maxLength, form, formMessage, more);
    }
}
