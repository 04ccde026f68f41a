package dev.countersign.web.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.testsupport.Api;
import dev.countersign.testsupport.WithTenant;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Malformed bodies are refused, and nothing is stored. */
@QuarkusTest
class HostileBodyTest extends WithTenant {

    @AfterEach
    void nothingIsStored() {
        assertThat(Api.operator().get(tenant.keys()).jsonPath().getList("$")).hasSize(1);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    {"name":
                    {name:1}
                    {"name":"x"}}
                    {"name":"x"} trailing
                    {'name':'x'}
                    {"name":NaN}
                    {"name":Infinity}
                    not json at all
                    <xml/>
                    """)
    @ValueSource(strings = {"\u0000", "  \r\n ", "{\"name\":\"tab\there\nline\"}"})
    void malformedJsonIsRefused(String body) {
        assertParseError(post(body.getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void invalidUtf8IsRefused() {
        assertParseError(post(new byte[] {'{', '"', 'n', 'a', 'm', 'e', '"', ':', '"', (byte) 0xff, '"', '}'}));
    }

    @Test
    void deepNestingIsRefused() {
        assertParseError(post("[".repeat(100_000).getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void longNumberIsRefused() {
        assertParseError(post(("""
                {"name":%s}""".formatted("1".repeat(5000))).getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void longBodyIsRefused() {
        Response response = post(new byte[2 << 20]);

        assertThat(response.statusCode()).isEqualTo(413);
        assertThat(response.jsonPath().getString("detail"))
                .isEqualTo("Request body is too large. At most 1048576 bytes are accepted.");
    }

    @Test
    void longBodyWithoutALengthIsRefused() {
        Response response = Api.operator()
                .request()
                .header("Content-Type", "application/json")
                .body(new ByteArrayInputStream(new byte[2 << 20]))
                .post(Api.url(tenant.keys()));

        assertThat(response.statusCode()).isEqualTo(413);
        assertThat(response.jsonPath().getString("detail")).startsWith("Request body is too large.");
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(
            delimiter = '|',
            value = {
                "multipart/form-data; boundary=x | --y not a part",
                "multipart/form-data; boundary=x | --x",
                "multipart/form-data | name=x",
                "multipart/form-data; boundary= | name=x"
            })
    void malformedMultipartBodyIsRefused(String type, String body) {
        assertFormError(Api.operator()
                .request()
                .header("Content-Type", type)
                .body(body.getBytes(StandardCharsets.UTF_8))
                .post(Api.url(tenant.keys())));
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"name=%zz", "name=%"})
    void malformedFormIsRefused(String body) {
        assertFormError(Api.operator()
                .request()
                .header("Content-Type", "application/x-www-form-urlencoded")
                .body(body)
                .post(Api.url(tenant.keys())));
    }

    private Response post(byte[] body) {
        return Api.operator()
                .request()
                .header("Content-Type", "application/json")
                .body(body)
                .post(Api.url(tenant.keys()));
    }

    private static void assertFormError(Response response) {
        assertThat(response.statusCode()).as(response.asString()).isEqualTo(400);
        assertThat(response.asString()).isEqualTo("""
                        {"detail":"Form parse error - the body does not match its content type"}""");
        assertSilent(response);
    }

    private static void assertParseError(Response response) {
        assertThat(response.statusCode()).as(response.asString()).isEqualTo(400);
        assertThat(response.jsonPath().getString("detail")).startsWith("JSON parse error - ");
        assertSilent(response);
    }

    /** Asserts that the answer shows no class name, SQL or stack trace. */
    private static void assertSilent(Response response) {
        assertThat(response.header("Content-Type")).isEqualTo("application/json");
        assertThat(response.asString().toLowerCase(Locale.ROOT))
                .doesNotContain("exception", "com.fasterxml", "java.", "select ", "insert ", "streamread", "source:");
    }
}
