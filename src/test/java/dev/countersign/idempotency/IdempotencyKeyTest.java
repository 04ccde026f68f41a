package dev.countersign.idempotency;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.countersign.web.error.ApiException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The header {@code Idempotency-Key}, as it is sent. */
class IdempotencyKeyTest {

    private static final String LONGEST = "x".repeat(128);

    static Stream<Arguments> keys() {
        return Stream.of(
                Arguments.of("8e03978e-40d5-43e8-bc93-6894a57f9324", "8e03978e-40d5-43e8-bc93-6894a57f9324"),
                Arguments.of("\"8e03978e\"", "8e03978e"),
                Arguments.of("!", "!"),
                Arguments.of("~", "~"),
                Arguments.of("a,b;c=d", "a,b;c=d"),
                Arguments.of("a\"b\\c", "a\"b\\c"),
                Arguments.of("\"a\\\"b\\\\c\"", "a\"b\\c"),
                Arguments.of(LONGEST, LONGEST),
                Arguments.of("\"" + LONGEST + "\"", LONGEST),
                Arguments.of("\"" + "\\\\".repeat(128) + "\"", "\\".repeat(128)));
    }

    @ParameterizedTest
    @MethodSource("keys")
    void keyIsReadFromEitherForm(String line, String key) {
        assertThat(IdempotencyKey.read(List.of(line))).isEqualTo(key);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "a b",
                "a, b",
                "a\tb",
                "a\u007f",
                "\u00e9",
                "\"",
                "\"\"",
                "\"a",
                "\"a\"b",
                "\"a\";x=1",
                "\"a\", \"b\"",
                "\"a b\"",
                "\"a\\b\"",
                "\"a\\\"",
                "\"a\"b\""
            })
    void otherValuesAreRefused(String line) {
        assertRefused(List.of(line));
    }

    @Test
    void longerKeysAreRefused() {
        assertRefused(List.of(LONGEST + "x"));
        assertRefused(List.of("\"" + LONGEST + "x\""));
    }

    @Test
    void severalLinesAreRefused() {
        assertRefused(List.of("a", "b"));
        assertRefused(List.of("a", "a"));
        assertRefused(List.of("a", ""));
    }

    @Test
    void requestWithoutTheHeaderHasNoKey() {
        assertThat(IdempotencyKey.read(List.of())).isNull();
    }

    private static void assertRefused(List<String> lines) {
        assertThatThrownBy(() -> IdempotencyKey.read(lines))
                .isInstanceOf(ApiException.BadRequest.class)
                .hasMessageContaining("Invalid Idempotency-Key.");
    }
}
