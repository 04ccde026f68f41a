package dev.countersign.web.body;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.countersign.web.error.ApiException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which bodies are the same request, and which are not. */
class JsonDigestTest {

    private static final String FORM = "application/x-www-form-urlencoded";

    @ParameterizedTest(name = "{0} equals {1}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    {} | ``
                    {} | { }
                    {"a":1,"b":2} | {"b":2,"a":1}
                    {"a":{"b":1,"c":2}} | {"a":{"c":2,"b":1}}
                    {"a":1} | { "a" : 1.0 }
                    {"a":1} | {"a":1e0}
                    {"a":100} | {"a":1E+2}
                    {"a":0} | {"a":-0.0}
                    {"a":0.1} | {"a":10e-2}
                    {"a":12345678901234567890123} | {"a":12345678901234567890123.0}
                    {"a":"\\u0041"} | {"a":"A"}
                    {"a":1,"a":2} | {"a":2}
                    """)
    void bodiesWithEqualValuesHaveOneHash(String one, String other) {
        assertThat(hash(one)).isEqualTo(hash(other));
    }

    @ParameterizedTest(name = "{0} differs from {1}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    {} | {"a":null}
                    {} | []
                    {} | null
                    {"a":1} | {"a":2}
                    {"a":1} | {"a":"1"}
                    {"a":1} | {"b":1}
                    {"a":1} | {"a":1,"unknown":1}
                    {"a":true} | {"a":false}
                    {"a":true} | {"a":"t"}
                    {"a":null} | {"a":""}
                    {"a":[1,2]} | {"a":[2,1]}
                    {"a":[[1],2]} | {"a":[[1,2]]}
                    {"a":[]} | {"a":{}}
                    {"a":{"b":1}} | {"a":{},"b":1}
                    {"a":"b","c":"d"} | {"a":"bcd"}
                    {"a":0.1} | {"a":0.10000000000000001}
                    {"a":9007199254740993} | {"a":9007199254740992}
                    {"a":"\\ud800"} | {"a":"?"}
                    {"a":"\\ud800"} | {"a":"\\ud801"}
                    """)
    void bodiesWithDifferentValuesHaveDifferentHashes(String one, String other) {
        assertThat(hash(one)).isNotEqualTo(hash(other));
    }

    @Test
    void formIsAnObjectOfTexts() {
        assertThat(hash(FORM, "name=A&rateLimit.count=5")).isEqualTo(hash("""
                {"name": "A", "rateLimit": {"count": "5"}}"""));
        assertThat(hash(FORM, "")).isEqualTo(hash("{}"));
    }

    @Test
    void longBodyIsReadWhole() {
        String text = "x".repeat(100_000);

        assertThat(hash(list(text)))
                .isNotEqualTo(hash(list(text + "y")))
                .isNotEqualTo(hash(list("y" + text.substring(1))));
    }

    @Test
    void unreadableBodyIsRefused() {
        assertThatThrownBy(() -> hash("{")).isInstanceOf(ApiException.BadRequest.class);
        assertThatThrownBy(() -> hash("text/plain", "x")).isInstanceOf(ApiException.UnsupportedMediaType.class);
    }

    private static String list(String text) {
        return """
                ["%s"]""".formatted(text);
    }

    private static String hash(@Nullable String json) {
        return hash("application/json", json == null ? "" : json);
    }

    private static String hash(String contentType, String body) {
        return new RequestBody(contentType, body.getBytes(StandardCharsets.UTF_8)).sha256();
    }
}
