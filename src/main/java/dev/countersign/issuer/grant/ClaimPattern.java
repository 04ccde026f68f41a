package dev.countersign.issuer.grant;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * Matches the whole value of a claim, case-sensitively. An asterisk stands for one or more characters other than {@code :},
 * {@code /} and control characters; every other character stands for itself.
 *
 * @param text as in the configuration
 */
record ClaimPattern(String text) {

    private static final char ANY = '*';

    /** Whether the pattern has an asterisk. */
    boolean isOpen() {
        return text.indexOf(ANY) >= 0;
    }

    /** The number of characters that stand for themselves. */
    int literals() {
        return (int) text.chars().filter(character -> character != ANY).count();
    }

    /** Whether a value is a text that matches, or a list with such a text. */
    boolean matches(JsonNode value) {
        if (value.isArray()) {
            for (JsonNode element : value) {
                if (element.isTextual() && matches(element.textValue())) {
                    return true;
                }
            }
            return false;
        }
        return value.isTextual() && matches(value.textValue());
    }

    /** Takes time in proportion to the lengths of pattern and value, whatever both hold. */
    private boolean matches(String value) {
        boolean[] reached =
                new boolean[text.length() + 1]; // after the characters of the value so far, by place in the pattern
        reached[0] = true;
        for (int i = 0; i < value.length(); i++) {
            char character = value.charAt(i);
            boolean filler = character != ':' && character != '/' && !Character.isISOControl(character);
            boolean[] next = new boolean[reached.length];
            for (int place = 0; place < text.length(); place++) {
                boolean any = text.charAt(place) == ANY;
                // An asterisk takes its first character at its place, and further ones behind it.
                boolean here = reached[place] || (any && reached[place + 1]);
                if (here && (any ? filler : text.charAt(place) == character)) {
                    next[place + 1] = true;
                }
            }
            reached = next;
        }
        return reached[text.length()];
    }
}
