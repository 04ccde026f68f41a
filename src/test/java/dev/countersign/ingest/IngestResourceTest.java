package dev.countersign.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.testsupport.Api;
import dev.countersign.testsupport.Tenant;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The list of ingest hosts, and how every path of our own is answered. */
@QuarkusTest
class IngestResourceTest {

    private static final String INGESTS = "/api/countersign/v1/ingests/";

    @Test
    void hostsAreListedOnOnePage() {
        Response response = Api.operator().get(INGESTS);

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.asString()).isEqualTo("""
                [{"name":"default","endpoint":"https://sentry.io","publicEndpoint":"https://sentry.io",\
                "cdnUrl":"https://sentry.io/js-sdk-loader/","organizationSubdomain":null},\
                {"name":"eu-west","endpoint":"https://eu.internal.example.com","publicEndpoint":"https://eu.example.com",\
                "cdnUrl":"https://js.eu.example.com/","organizationSubdomain":null},\
                {"name":"us","endpoint":"https://us.example.com/relay","publicEndpoint":"https://us.example.com/relay",\
                "cdnUrl":"https://o{organization_id}.ingest.us.example.com/relay/js-sdk-loader/",\
                "organizationSubdomain":"o{organization_id}.ingest"}]""");
        assertThat(response.header("Link"))
                .startsWith("<" + Api.URL_PREFIX + INGESTS + "?&cursor=")
                .contains("rel=\"next\"; results=\"false\"", "rel=\"previous\"; results=\"false\"");
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"project:read", "team:admin", "org:ci", "event:read"})
    void anyCredentialMayReadTheHosts(String scope) {
        assertThat(Tenant.create().apiKey(scope).get(INGESTS).statusCode()).isEqualTo(200);
    }

    /** What is promised below {@code /api/0/} holds below {@code /api/countersign/v1/} too. */
    @Nested
    class OwnPath {

        @ParameterizedTest(name = "{0} {1}")
        @CsvSource(
                delimiter = '|',
                value = {
                    "GET | ingests | 401",
                    "GET | ingests/ | 401",
                    "HEAD | ingests/ | 401",
                    "OPTIONS | ingests/ | 200",
                    "POST | ingests/ | 405",
                    "GET | ingests;x/ | 404",
                    "GET | nothing/ | 404",
                    "GET | '' | 404"
                })
        void hasTheHeadersOfTheApi(String method, String path, int status) {
            Response response = Api.anonymous().send(method, INGESTS.replace("ingests/", path));

            assertThat(response.statusCode()).isEqualTo(status);
            assertThat(response.header("Access-Control-Allow-Origin")).isEqualTo("*");
            assertThat(response.header("X-Frame-Options")).isEqualTo("deny");
            assertThat(response.header("X-Request-Id")).isNotEmpty();
            if (status == 404 || method.equals("HEAD")) {
                assertThat(response.header("Content-Type")).isEqualTo("application/json");
            } else {
                assertThat(response.header("Allow")).isEqualTo("GET, HEAD, OPTIONS");
            }
        }

        @Test
        void answersErrorsInJson() {
            assertThat(Api.anonymous().get("/api/countersign/v1/nothing/").asString())
                    .isEqualTo("{\"detail\":\"The requested resource does not exist\"}");
            assertThat(Api.anonymous().post(INGESTS, "{}").asString())
                    .isEqualTo("{\"detail\":\"Method \\\"POST\\\" not allowed.\"}");
            assertThat(Api.bearer("nobody-has-this-token").get(INGESTS).asString())
                    .isEqualTo("{\"detail\":\"Invalid token\"}");
        }

        @Test
        void isRefusedWithTooLargeABody() {
            assertThat(Api.operator()
                            .request()
                            .body(new byte[2 << 20])
                            .get(INGESTS)
                            .statusCode())
                    .isEqualTo(413);
        }
    }
}
