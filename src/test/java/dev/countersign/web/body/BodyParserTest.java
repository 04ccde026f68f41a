package dev.countersign.web.body;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How the text of a body becomes a JSON tree. */
class BodyParserTest {

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
                    x=a&x=b | {"x":["a","b"]}
                    x=a+b%20c | {"x":"a b c"}
                    x | {"x":""}
                    x.y=1&x.z=2 | {"x":{"y":"1","z":"2"}}
                    x.y=1&x.y=2 | {"x":{"y":["1","2"]}}
                    x=1&x.y=2 | {"x":"1","x.y":"2"}
                    x=1&x=2&x.y=3 | {"x":["1","2"],"x.y":"3"}
                    x.y=1&x=2 | {"x":["","2"]}
                    .x=1 | {".x":"1"}
                    & | {}
                    a;b=1 | {"a;b":"1"}
                    """)
    void formIsReadAsATree(String body, String json) {
        assertThat(BodyParser.parse("application/x-www-form-urlencoded", body.getBytes(StandardCharsets.UTF_8)))
                .isEqualTo(parse(json));
    }

    /** A part with the type JSON is JSON; a part without a type is text. */
    @Test
    void partOfAMultipartFormMayBeJson() {
        String body = """
                --x
                Content-Disposition: form-data; name="limit"
                Content-Type: application/json

                {"count": 5}
                --x
                Content-Disposition: form-data; name="text"

                {"count": 5}
                --x
                Content-Disposition: form-data; name="plain"
                Content-Type: text/plain; charset=utf-8

                ä
                --x
                Content-Disposition: form-data; name="file"; filename="a.json"
                Content-Type: application/json

                {}
                --x--
                """.replace("\n", "\r\n");

        assertThat(BodyParser.parse("multipart/form-data; boundary=\"x\"", body.getBytes(StandardCharsets.UTF_8)))
                .isEqualTo(parse("""
                        {"limit": {"count": 5}, "text": "{\\"count\\": 5}", "plain": "ä"}"""));
    }

    private static JsonNode parse(String json) {
        return BodyParser.parse("application/json", json.getBytes(StandardCharsets.UTF_8));
    }
}
