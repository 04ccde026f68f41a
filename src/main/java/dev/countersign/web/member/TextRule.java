package dev.countersign.web.member;

import dev.countersign.web.error.ApiException;
import java.util.EnumSet;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Holds the rule for a text member of a request body: greatest length, pattern, and whether the text is required, nullable or
 * may be blank; checks texts by it. The rule ignores surrounding white space.
 *
 * @param maxLength the greatest length, in characters and not in UTF-16 units
 * @param form the pattern that the whole text must match, or null
 * @param formMessage the message if the text does not match
 * @param options whether the text is required, nullable or may be blank
 */
public record TextRule(int maxLength, @Nullable Pattern form, String formMessage, Set<Option> options) {

    private static final int NEXT_LINE = 0x85;

    /** Lists the options of a text: whether it is required, nullable or may be blank. */
    public enum Option {
        REQUIRED,
        NULLABLE,
        BLANK
    }

    /** At most this many characters. The member may be absent, but neither null nor blank. */
    public static TextRule upTo(int maxLength) {
        return new TextRule(maxLength, null, "", Set.of());
    }

    /** The same rule with a pattern that the whole text must match. */
    public TextRule matching(Pattern pattern, String message) {
        return new TextRule(maxLength, pattern, message, options);
    }

    /** The same rule for a text that the client must send. */
    public TextRule required() {
        return with(Option.REQUIRED);
    }

    /** The same rule for a text that may be null. */
    public TextRule nullable() {
        return with(Option.NULLABLE);
    }

    /** The same rule for a text that may be empty. */
    public TextRule blank() {
        return with(Option.BLANK);
    }

    boolean isRequired() {
        return options.contains(Option.REQUIRED);
    }

    boolean isNullable() {
        return options.contains(Option.NULLABLE);
    }

    /** Removes white space at both ends. As in Python, white space includes no-break spaces. */
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

    /**
     * Reads a text that is no member of a body, such as a segment of a path.
     *
     * @param label names the text in the message
     * @return the text without surrounding white space
     * @throws ApiException.BadRequest if the text breaks the rule
     */
    public String read(String label, String text) {
        String stripped = strip(text);
        String fault = fault(stripped);
        if (fault != null) {
            throw new ApiException.BadRequest(label + ": " + fault);
        }
        return stripped;
    }

    /** The message about a text that breaks the rule, or null. */
    @Nullable
    String fault(String text) {
        if (text.isEmpty()) {
            return options.contains(Option.BLANK) ? null : "This field may not be blank.";
        }
        String characterFault = UnstorableCharacters.fault(text);
        if (characterFault != null) {
            return characterFault;
        }
        if (text.codePointCount(0, text.length()) > maxLength) {
            return "Ensure this field has no more than " + maxLength + " characters.";
        }
        return form == null || form.matcher(text).matches() ? null : formMessage;
    }

    /** The message about a number in place of a text, or null. A rule with a pattern refuses every number. */
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
