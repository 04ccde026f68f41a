package dev.countersign.gate.source;

import java.util.Arrays;
import java.util.HexFormat;

/**
 * Static helper: reads public keys, which are 32 lower-case hexadecimal digits, as numbers. A table gives the value of a digit,
 * because the processor cannot foresee which of them are letters: with comparisons a key took five times as long.
 */
public final class HexDigits {

    private static final int LENGTH = 32;
    private static final int HALF = 16;
    private static final int BITS = 4;
    private static final int ASCII_BITS = 7;
    private static final int ASCII = (1 << ASCII_BITS) - 1;

    /** The value of each character of ASCII; negative for those that are no digit. */
    private static final byte[] VALUES = new byte[ASCII + 1];

    static {
        Arrays.fill(VALUES, (byte) -1);
        String digits = "0123456789abcdef";
        for (int i = 0; i < digits.length(); i++) {
            VALUES[digits.charAt(i)] = (byte) i;
        }
    }

    private static final HexFormat FORMAT = HexFormat.of();

    private HexDigits() {}

    /** Whether a text has the form of all public keys. */
    public static boolean are32(String text) {
        if (text.length() != LENGTH) {
            return false;
        }
        int signs = 0;
        for (int i = 0; i < LENGTH; i++) {
            char digit = text.charAt(i);
            signs |= VALUES[digit & ASCII] | -(digit >>> ASCII_BITS);
        }
        return signs >= 0;
    }

    /** The number that 16 digits of a public key are, beginning with one of them. */
    public static long half(String publicKey, int from) {
        long number = 0;
        for (int i = from; i < from + HALF; i++) {
            number = (number << BITS) | VALUES[publicKey.charAt(i) & ASCII];
        }
        return number;
    }

    /** The public key whose halves are two numbers. */
    public static String text(long high, long low) {
        return FORMAT.toHexDigits(high) + FORMAT.toHexDigits(low);
    }
}
