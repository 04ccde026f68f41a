package dev.countersign.web.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.testsupport.Api;
import dev.countersign.testsupport.Poll;
import dev.countersign.testsupport.WithTenant;
import dev.countersign.testsupport.http.PlainPath;
import dev.countersign.testsupport.http.RawHttp;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.response.Response;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** HTTP/2 in clear text, compression, and the health paths of Sentry. */
@QuarkusTest
class ProtocolTest extends WithTenant {

    private static final String UPGRADE =
            "Upgrade: h2c|Connection: Upgrade, HTTP2-Settings" + "|HTTP2-Settings: AAMAAABkAAQAoAAAAAIAAAAA";
    private static final int KEYS_OF_A_LONG_LIST = 5;

    @ParameterizedTest(name = "{0}")
    @ValueSource(
            strings = {UPGRADE, "Upgrade: h2c", "Upgrade: h2c|Connection: Upgrade", UPGRADE + "|Expect: 100-continue"})
    void upgradeToHttp2IsIgnored(String headers) throws IOException {
        try (RawHttp http = new RawHttp(RestAssured.port)) {
            for (String method : new String[] {"OPTIONS", "POST"}) {
                http.send(method + " /api/0/" + tenant.keys() + " HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer "
                        + Api.OPERATOR_TOKEN + "\r\n" + headers.replace("|", "\r\n")
                        + "\r\nContent-Type: application/json\r\nContent-Length: 2\r\n\r\n{}");

                RawHttp.Answer answer = http.require(true);

                assertThat(answer.status()).isEqualTo(method.equals("POST") ? 201 : 200);
                assertThat(answer.headers()).containsKey("content-length").doesNotContainKey("upgrade");
            }
        }
    }

    /** The first line is the preface of HTTP/2. */
    @ParameterizedTest(name = "{0}")
    @ValueSource(
            strings = {
                "PRI * HTTP/2.0",
                "GET /api/0/ HTTP/2.0",
                "GET /api/0/ HTTP/2.0|Host: localhost",
                "GET /api/0/ HTTP/3.0|Host: localhost",
                "GET /api/0/ HTTP/1.2|Host: localhost"
            })
    void otherVersionOfHttpIsRefused(String line) throws IOException {
        try (RawHttp http = new RawHttp(RestAssured.port)) {
            http.send(line.replace("|", "\r\n") + "\r\n\r\nSM\r\n\r\n\0\0\0\4\0\0\0\0\0");

            RawHttp.Answer answer = http.require(true);

            assertThat(answer.status()).isEqualTo(400);
            assertThat(answer.body()).isEqualTo("""
                    {"detail":"The request could not be understood."}""");
            assertThat(http.isClosed()).isTrue();
        }
    }

    @Test
    void javaHttpClientIsServed() throws Exception {
        HttpRequest request = HttpRequest.newBuilder(
                        URI.create("http://localhost:" + RestAssured.port + "/api/0/" + tenant.keys()))
                .header("Authorization", "Bearer " + Api.OPERATOR_TOKEN)
                .header("Content-Type", "application/json")
                .expectContinue(true)
                .POST(HttpRequest.BodyPublishers.ofString("""
                        {"name":"From Java"}"""))
                .build();

        HttpResponse<String> created = HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());

        assertThat(created.statusCode()).as(created.body()).isEqualTo(201);
        assertThat(created.version()).isEqualTo(HttpClient.Version.HTTP_1_1);
        assertThat(PlainPath.of(created.body()).getString("name")).isEqualTo("From Java");
    }

    @Test
    void longAnswerIsCompressedOnRequest() throws Exception {
        for (int i = 1; i < KEYS_OF_A_LONG_LIST; i++) {
            tenant.newKey("{}");
        }
        Response plain = list("identity");
        Response compressed = list("gzip, deflate");

        assertThat(plain.header("Content-Encoding")).isNull();
        assertThat(compressed.header("Content-Encoding")).isEqualTo("gzip");
        assertThat(compressed.header("Vary")).isEqualTo("Accept-Language, Cookie, Accept-Encoding");
        assertThat(plain.header("Vary")).isEqualTo("Accept-Language, Cookie");
        assertThat(compressed.asByteArray()).hasSizeLessThan(plain.asByteArray().length / 2);
        try (InputStream body = new GZIPInputStream(new ByteArrayInputStream(compressed.asByteArray()))) {
            assertThat(body.readAllBytes()).isEqualTo(plain.asByteArray());
        }
    }

    @Test
    void shortAnswerIsNotCompressed() throws Exception {
        Response answer =
                Api.operator().request().header("Accept-Encoding", "gzip").get(Api.url("projects/nothing/x/keys/"));

        assertThat(answer.header("Content-Encoding")).isNull();
        assertThat(answer.header("Vary")).isEqualTo("Accept-Language, Cookie");
    }

    @Test
    void sentrysHealthProbeIsAnswered() {
        Response answer = Api.anonymous().request().get("/_health/");

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.asString()).isEqualTo("ok");
        assertThat(answer.header("Content-Type")).isEqualTo("text/plain");
        assertThat(Api.anonymous().request().head("/_health/").statusCode()).isEqualTo(200);
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"?full", "?full=1"})
    void sentrysFullProbeShowsReadiness(String query) {
        // A probe of the database that takes longer than 900 ms is 503.
        Response answer = Poll.until(
                () -> Api.anonymous().request().get("/_health/" + query), found -> found.statusCode() != 503);

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.jsonPath().getString("status")).isEqualTo("UP");
    }

    private Response list(String acceptEncoding) {
        return Api.operator()
                .request()
                .header("Accept-Encoding", acceptEncoding)
                .get(Api.url(tenant.keys()));
    }
}
