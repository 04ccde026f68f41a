package dev.countersign.gate.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HexFormat;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Public keys as numbers. */
class HexDigitsTest {

    private static final String KEY = "0123456789abcdef8899aabbccddeeff";

    @Test
    void halvesAreTheNumbersOfTheirDigits() {
        assertThat(HexDigits.half(KEY, 0)).isEqualTo(0x0123456789abcdefL);
        assertThat(HexDigits.half(KEY, 16)).isEqualTo(0x8899aabbccddeeffL);
        assertThat(HexFormat.of().toHexDigits(HexDigits.half(KEY, 7))).isEqualTo(KEY.substring(7, 23));
    }

    @Test
    void textIsMadeOfTheNumbers() {
        assertThat(HexDigits.text(HexDigits.half(KEY, 0), HexDigits.half(KEY, 16)))
                .isEqualTo(KEY);
    }

    @Test
    void onlyDigitsInLowerCaseAreDigits() {
        for (int place : new int[] {0, 15, 16, 31}) {
            String expected = "0123456789abcdef";
            assertThat(IntStream.rangeClosed(0, Character.MAX_VALUE)
                            .filter(character -> HexDigits.are32(
                                    KEY.substring(0, place) + (char) character + KEY.substring(place + 1)))
                            .toArray())
                    .isEqualTo(expected.chars().toArray());
        }
    }

    @Test
    void otherLengthsAreNoKeys() {
        assertThat(HexDigits.are32(KEY)).isTrue();
        assertThat(HexDigits.are32("")).isFalse();
        assertThat(HexDigits.are32(KEY.substring(1))).isFalse();
        assertThat(HexDigits.are32(KEY + "0")).isFalse();
    }
}
