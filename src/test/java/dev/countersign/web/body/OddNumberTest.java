package dev.countersign.web.body;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.testsupport.Api;
import dev.countersign.testsupport.WithTenant;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.nio.charset.StandardCharsets;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Numbers and characters that JSON can spell: each is kept exactly or refused. */
@QuarkusTest
class OddNumberTest extends WithTenant {

    private static final String TOO_GREAT = "JSON parse error - The exponent of a number is beyond 400: line 1 column ";

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "1.50, 1.50",
        "0.1, 0.1",
        "1e3, 1000",
        "1E+2, 100",
        "1.5e-7, 0.00000015",
        "3.14159265358979323846, 3.14159265358979323846",
        "123456789012345678901234567890, 123456789012345678901234567890",
        "-9223372036854775809, -9223372036854775809",
        "-0, 0",
        "100000000000000000000000000000000000000000e-40, 10.0000000000000000000000000000000000000000"
    })
    void numberIsKeptExactly(String sent, String kept) {
        String body = """
                {"highlightContext": {"k": [%s]}, "options": {"a": {"b": %s}}}""".formatted(sent, sent);

        assertThat(put(body).statusCode()).isEqualTo(200);

        String answer = Api.operator().get(path()).asString();
        assertThat(answer).contains("\"highlightContext\":{\"k\":[" + kept + "]}", "\"a\":{\"b\":" + kept + "}");
        String audit = Api.operator()
                .get(tenant.path("organizations/{o}/audit-logs/?event=project.edit"))
                .asString();
        assertThat(audit).contains("""
                {"k": [%s]}""".formatted(kept), "\"a\": {\"b\": " + kept + "}");
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(
            strings = {"1e401", "1e131000", "1e-2147483648", "1e2147483648", "1e99999999999", "0e401", "-1.5E+00401"})
    void hugeExponentIsRefused(String number) {
        Response response = put("""
                {"highlightContext":{"k":[%s]}}""".formatted(number));

        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(response.jsonPath().getString("detail")).startsWith(TOO_GREAT);
    }

    @Test
    void numberOfMoreThanAHundredDigitsIsRefused() {
        assertThat(put("""
                {"options":{"k":%s}}""".formatted("9".repeat(101))).asString())
                .startsWith("{\"detail\":\"JSON parse error - Nested too deeply, too many values, or a name or a "
                        + "number is too long: at most 64 levels, 50000 names and values, and 100 digits are accepted: "
                        + "line 1 column ");
    }

    @Test
    void moreThanFiftyThousandValuesAreRefused() {
        assertThat(put("""
                {"options":{"k":[%s[]]}}""".formatted("[],".repeat(25_000))).jsonPath().getString("detail"))
                .startsWith("JSON parse error - Nested too deeply, too many values");
    }

    /** An answer stays shorter than many times its request. */
    @Test
    void atMostAHundredMessagesAreReported() {
        Response response = put("""
                {"allowedDomains":[%s1]}""".formatted("1,".repeat(9_999)));

        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(response.jsonPath().getMap("allowedDomains")).hasSize(100);
    }

    /** Numbers are stored without exponent, and count with that length. */
    @Test
    void numbersCountAsTheyAreStored() {
        String numbers = IntStream.range(0, 100).mapToObj(i -> "1e300").collect(Collectors.joining(","));

        Response response = put("""
                {"highlightContext":{"k":[%s]}}""".formatted(numbers));

        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(response.asString()).isEqualTo("""
                        {"highlightContext":{"k":["Ensure this field has no more than 10000 characters."]}}""");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
                    {"highlightContext":{"k":["\\ud800"]}} | highlightContext
                    {"highlightContext":{"\\udfff":1}} | detail
                    {"options":{"a":{"b":{"\\ud800x":1}}}} | detail
                    {"subjectPrefix":"\\ud800"} | subjectPrefix
                    {"resolveAge":"\\ud800"} | resolveAge
                    """)
    void unpairedSurrogateIsRefusedAtItsMember(String body, String member) {
        Response response = put(body);

        assertThat(response.statusCode()).as(response.asString()).isEqualTo(400);
        assertThat(response.jsonPath().getMap("")).containsOnlyKeys(member);
    }

    @Test
    void nulIsRefusedAndItsEscapeIsNot() {
        assertThat(put("""
                {"options":{"a":["\\u0000"]}}""").asString()).isEqualTo("""
                        {"options":{"a":["Null characters are not allowed."]}}""");
        assertThat(put("""
                {"options":{"a":{"\\u0000":1}}}""").statusCode()).isEqualTo(400);
        assertThat(put("""
                {"options":{"a":["\\\\u0000"]}}""").statusCode()).isEqualTo(200);
    }

    /** The message of the parser would repeat the malformed bytes. */
    @Test
    void malformedUtf8IsNotRepeated() {
        byte[] body = "{???:1}".getBytes(StandardCharsets.UTF_8);
        System.arraycopy(new byte[] {(byte) 0xed, (byte) 0xa0, (byte) 0x80}, 0, body, 1, 3);
        Response response = Api.operator()
                .request()
                .header("Content-Type", "application/json")
                .body(body)
                .put(Api.url(path()));

        assertThat(response.statusCode()).as(response.asString()).isEqualTo(400);
        assertThat(response.jsonPath().getString("detail")).startsWith("JSON parse error - ");
    }

    private Response put(String body) {
        return Api.operator().put(path(), body);
    }

    private String path() {
        return tenant.path("projects/{o}/{p}/");
    }
}
