package dev.countersign.web.body;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.countersign.web.error.ApiException;
import dev.countersign.web.member.Member;
import dev.countersign.web.member.RequestFields;
import dev.countersign.web.member.TextRule;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Accepted and refused JSON values of each type, as in Django REST framework. The tables of values make the class long.
 */
class RequestFieldsTest {

    private static final TextRule RULE = TextRule.upTo(5);

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    true
                    1
                    1.0
                    "t"
                    "T"
                    "y"
                    "Y"
                    "yes"
                    "Yes"
                    "YES"
                    "true"
                    "True"
                    "TRUE"
                    "on"
                    "On"
                    "ON"
                    "1"
                    """)
    void valueIsTrue(String json) {
        assertThat(member(json).bool("x")).isEqualTo(Member.of(true));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    false
                    0
                    0.0
                    "f"
                    "F"
                    "n"
                    "N"
                    "no"
                    "No"
                    "NO"
                    "false"
                    "False"
                    "FALSE"
                    "off"
                    "Off"
                    "OFF"
                    "0"
                    """)
    void valueIsFalse(String json) {
        assertThat(member(json).bool("x")).isEqualTo(Member.of(false));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    2
                    -1
                    0.5
                    ""
                    "maybe"
                    "tRue"
                    []
                    {}
                    1e99
                    """)
    void otherValueIsNoBoolean(String json) {
        assertRefused(json, fields -> fields.bool("x"), "Must be a valid boolean.");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
                    0 | 0
                    -0 | 0
                    10 | 10
                    10.0 | 10
                    1e1 | 10
                    "10" | 10
                    " 10 " | 10
                    "+10" | 10
                    "10.0" | 10
                    "10." | 10
                    100 | 100
                    """)
    void valueIsAnInteger(String json, long expected) {
        assertThat(member(json).integer("x", 0, 100)).isEqualTo(Member.of(expected));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    null
                    ""
                    """)
    void emptyValueIsNull(String json) {
        assertThat(member(json).integer("x", 0, 100)).isEqualTo(Member.of(null));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
                    101 | Ensure this value is less than or equal to 100.
                    "101" | Ensure this value is less than or equal to 100.
                    99999999999999999999 | Ensure this value is less than or equal to 100.
                    -1 | Ensure this value is greater than or equal to 0.
                    1.5 | A valid integer is required.
                    "1.5" | A valid integer is required.
                    "a" | A valid integer is required.
                    " " | A valid integer is required.
                    "1e1" | A valid integer is required.
                    true | A valid integer is required.
                    [] | A valid integer is required.
                    {} | A valid integer is required.
                    1e300 | Ensure this value is less than or equal to 100.
                    -1e300 | Ensure this value is greater than or equal to 0.
                    1e-300 | A valid integer is required.
                    """)
    void otherValueIsNoInteger(String json, String message) {
        assertRefused(json, fields -> fields.integer("x", 0, 100), message);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
                    "abc" | abc
                    "  abc  " | abc
                    "\\t abc \\r\\n" | abc
                    "\\u00a0abc\\u3000\\u0085" | abc
                    "a c" | a c
                    12 | 12
                    -1.5 | -1.5
                    1.50 | 1.50
                    1e2 | 1E+2
                    "🔑🔑🔑🔑🔑" | 🔑🔑🔑🔑🔑
                    """)
    void valueIsAText(String json, String expected) {
        assertThat(member(json).text("x", RULE)).isEqualTo(Member.of(expected));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
                    null | This field may not be null.
                    "" | This field may not be blank.
                    " " | This field may not be blank.
                    "\\u00a0" | This field may not be blank.
                    true | Not a valid string.
                    [] | Not a valid string.
                    {} | Not a valid string.
                    "a\\u0000b" | Null characters are not allowed.
                    "\\ud800" | Surrogate characters are not allowed: U+D800.
                    "abcdef" | Ensure this field has no more than 5 characters.
                    "🔑🔑🔑🔑🔑🔑" | Ensure this field has no more than 5 characters.
                    """)
    void otherValueIsNoText(String json, String message) {
        assertRefused(json, fields -> fields.text("x", RULE), message);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
                    "c" | "c" is not a valid choice.
                    "" | "" is not a valid choice.
                    5 | "5" is not a valid choice.
                    [] | "[]" is not a valid choice.
                    null | This field may not be null.
                    """)
    void otherValueIsNoChoice(String json, String message) {
        assertRefused(json, fields -> fields.choice("x", Set.of("a", "b")), message);
    }

    @ParameterizedTest(name = "{0} is {1}")
    @CsvSource(textBlock = """
                    '""', str
                    5, int
                    1.5, float
                    true, bool
                    [], list
                    """)
    void otherValueIsNoDictionary(String json, String type) {
        String message = "Invalid data. Expected a dictionary, but got " + type + ".";
        RequestFields fields = member(json);

        fields.object("x", false, nested -> Member.of(nested));

        assertErrors(fields, Map.of("x", Map.of("non_field_errors", List.of(message))));
    }

    @Test
    void allErrorsAreReportedTogether() {
        RequestFields fields = RequestFields.of(parse("""
                {"a":true,"b":{"c":"x"},"fine":1}"""), false);

        fields.text("a", RULE);
        fields.object("b", false, nested -> nested.integer("c", 0, 1));
        fields.bool("fine");
        fields.text("missing", RULE.required());

        assertErrors(
                fields,
                Map.of(
                        "a", List.of("Not a valid string."),
                        "b", Map.of("c", List.of("A valid integer is required.")),
                        "missing", List.of("This field is required.")));
    }

    private static RequestFields member(String json) {
        return RequestFields.of(JsonNodeFactory.instance.objectNode().set("x", parse(json)), false);
    }

    private static JsonNode parse(String json) {
        return BodyParser.parse("application/json", json.getBytes(StandardCharsets.UTF_8));
    }

    private static void assertRefused(String json, Consumer<RequestFields> read, String message) {
        RequestFields fields = member(json);

        read.accept(fields);

        assertErrors(fields, Map.of("x", List.of(message)));
    }

    private static void assertErrors(RequestFields fields, Map<String, Object> expected) {
        JsonMapper mapper = new JsonMapper();
        assertThatThrownBy(fields::check).isInstanceOfSatisfying(ApiException.Invalid.class, invalid -> assertThat(
                        mapper.<JsonNode>valueToTree(invalid.body()))
                .isEqualTo(mapper.valueToTree(expected)));
    }
}
