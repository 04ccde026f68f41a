package dev.countersign.web.answer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.testsupport.Api;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code X-Request-Id} leads from an answer to its log lines. */
@QuarkusTest
class RequestIdTest {

    private static final String HEADER = "X-Request-Id";

    @ParameterizedTest
    @CsvSource({
        "GET, /api/0/organizations/, 200",
        "GET, /api/0/projects/no/such/keys/, 404",
        "GET, /api/0/nothing/, 404",
        "PATCH, /api/0/organizations/, 405",
        "OPTIONS, /api/0/organizations/, 200",
        "GET, /q/health/live, 200",
        "GET, /nothing, 404"
    })
    void everyAnswerHasItsOwnId(String method, String path, int status) {
        Response first = Api.operator().request().request(method, path);
        Response second = Api.operator().request().request(method, path);

        assertThat(first.statusCode()).isEqualTo(status);
        assertThat(first.header(HEADER)).matches("[0-9a-f]{32}").isNotEqualTo(second.header(HEADER));
    }

    @Test
    void refusedRequestHasAnId() {
        Response refused = Api.anonymous().get("organizations/");

        assertThat(refused.statusCode()).isEqualTo(401);
        assertThat(refused.header(HEADER)).matches("[0-9a-f]{32}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "7",
                "6f9b0c1e-5f0a-4b6e-9a5d-0d1c2b3a4f5e",
                "Root=1-67891233-abcdef012345678912345678",
                "a:b/c+d"
            })
    void idOfTheCallerIsKept(String id) {
        assertThat(sent(id)).isEqualTo(id);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "two words", "{\"a\":1}", "-x", "<script>", "caf\u00e9", "a;b"})
    void unsafeIdIsReplaced(String id) {
        assertThat(sent(id)).matches("[0-9a-f]{32}");
    }

    @Test
    void longIdIsReplaced() {
        assertThat(sent("a".repeat(128))).hasSize(128);
        assertThat(sent("a".repeat(129))).matches("[0-9a-f]{32}");
    }

    private static String sent(String id) {
        return Api.operator()
                .request()
                .header(HEADER, id)
                .get("/api/0/organizations/")
                .header(HEADER);
    }
}
