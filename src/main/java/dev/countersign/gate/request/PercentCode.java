package dev.countersign.gate.request;

/**
 * Static helper: decodes the percent-encoded names and values of a query, as HTML forms encode them. Leaves a {@code %} that
 * begins no escape as it is.
 */
final class PercentCode {

    private static final int HEX = 16;

    private PercentCode() {}

    /** The decoded text between two indexes; a byte is a character, since keys are ASCII. */
    static String decode(String text, int from, int to) {
        for (int i = from; i < to; i++) {
            char character = text.charAt(i);
            if (character == '%' || character == '+') {
                return decodeFrom(i, text, from, to);
            }
        }
        return text.substring(from, to);
    }

    private static String decodeFrom(int first, String text, int from, int to) {
        StringBuilder decoded = new StringBuilder(to - from).append(text, from, first);
        for (int i = first; i < to; i++) {
            char character = text.charAt(i);
            int escaped = character == '%' && i + 2 < to ? escaped(text.charAt(i + 1), text.charAt(i + 2)) : -1;
            if (escaped >= 0) {
                decoded.append((char) escaped);
                i += 2;
            } else {
                decoded.append(character == '+' ? ' ' : character);
            }
        }
        return decoded.toString();
    }

    private static int escaped(char high, char low) {
        int first = Character.digit(high, HEX);
        int second = Character.digit(low, HEX);
        return first < 0 || second < 0 || high > 'f' || low > 'f' ? -1 : first * HEX + second;
    }
}
