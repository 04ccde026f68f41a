package dev.countersign.web.filter;

import static dev.countersign.web.filter.RawRequests.assertRefused;
import static dev.countersign.web.filter.RawRequests.authorization;
import static dev.countersign.web.filter.RawRequests.connect;
import static dev.countersign.web.filter.RawRequests.get;
import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.testsupport.Api;
import dev.countersign.testsupport.WithTenant;
import dev.countersign.testsupport.http.RawHttp;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Request targets and headers of old, careless and hostile clients, byte by byte. */
@QuarkusTest
class EdgeTest extends WithTenant {

    private static final String NOT_FOUND = """
            {"detail":"The requested resource does not exist"}""";
    private static final String NOT_UNDERSTOOD = """
            {"detail":"The request could not be understood."}""";

    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"a|b", "100%", "{x}", "a^b", "%zz", "\"<x>\"", "`", "a\\b", "#", "a[0]", "\u00c3\u00a9"})
    void oddCharactersInAQueryAreAccepted(String value) throws IOException {
        RawHttp.Answer answer = get("/api/0/" + tenant.keys() + "?per_page=1&x=" + value);

        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        assertThat(answer.header("Link")).contains("&x=" + encoded(value) + "&cursor=");
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(
            strings = {
                "/api/0/%2e%2e/%2e%2e/q/metrics",
                "/api/0/../../q/metrics",
                "/api/0/x/../organizations/",
                "/api/0/./organizations/",
                "/api/0/organizations/..",
                "/api/0/organizations/%2E%2e%2f",
                "/q/../api/0/organizations/",
                "/api/countersign/v1/%2e%2e/%2e%2e/%2e%2e/q/metrics",
                "/api/countersign/v1/ingests/..",
                "/api/0/{}/",
                "/api/0/a|b/"
            })
    void pathWithDotSegmentsIsNotFound(String path) throws IOException {
        RawHttp.Answer answer = get(path);

        assertRefused(answer, 404, NOT_FOUND);
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(
            strings = {"/api/1/organizations/", "/api/", "/api", "/api/countersign/", "/api/countersign/v2/ingests/"})
    void otherVersionOfTheApiIsNotFound(String path) throws IOException {
        assertRefused(get(path), 404, NOT_FOUND);
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"%", "%zz", "%f", "%ff", "%c0%af", "%c0%ae%c0%ae", "%e0%80%af", "%ed%a0%80", "\u00e9"})
    void malformedPathIsRefused(String segment) throws IOException {
        assertRefused(get("/api/0/projects/" + segment + "/x/keys/"), 400, NOT_UNDERSTOOD);
    }

    @Test
    void repeatedSlashesAreOneSlash() throws IOException {
        String path = "/api/0/" + tenant.keys() + "?per_page=1";

        RawHttp.Answer answer = get(path.replaceFirst("/", "//").replaceFirst("/keys/", "//keys//"));

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.header("Link")).isEqualTo(get(path).header("Link"));
    }

    @Test
    void redirectOfARepairedPathLeadsToTheNewSlug() throws IOException {
        String organization = tenant.organization();
        String renamed = tenant.project() + "-new";
        Api.operator()
                .put("projects/" + organization + "/" + tenant.project() + "/", """
                        {"slug":"%s"}""".formatted(renamed))
                .then()
                .statusCode(200);

        RawHttp.Answer moved = get("//api//0/projects/" + organization + "/" + tenant.project() + "/keys/?a=b|c");

        assertThat(moved.status()).as(moved.body()).isEqualTo(302);
        assertThat(moved.header("Location"))
                .isEqualTo("/api/0/projects/" + organization + "/" + renamed + "/keys/?a=b%7Cc");
        assertRefused(
                get("//evil.example/%2e%2e/api/0/projects/" + organization + "/" + tenant.project() + "/"),
                404,
                NOT_FOUND);
    }

    @Test
    void absoluteTargetIsServed() throws IOException {
        String path = "/api/0/" + tenant.keys() + "?per_page=1";

        RawHttp.Answer absolute = get("http://other.example:81" + path);

        assertThat(absolute.status()).isEqualTo(200);
        assertThat(absolute.header("Link"))
                .isEqualTo(get(path).header("Link"))
                .startsWith("<" + Api.URL_PREFIX + "/api/0/" + tenant.keys() + "?per_page=1&cursor=");
    }

    @Test
    void http10WithoutHostIsServed() throws IOException {
        try (RawHttp http = connect()) {
            http.send("GET /api/0/" + tenant.keys() + " HTTP/1.0\r\n" + authorization() + "\r\n");

            assertThat(http.require(true).status()).isEqualTo(200);
            assertThat(http.isClosed()).isTrue();
        }
    }

    @Test
    void http10PostIsServed() throws IOException {
        try (RawHttp http = connect()) {
            http.send("POST /api/0/" + tenant.keys() + " HTTP/1.0\r\n" + authorization()
                    + "Content-Type: application/json\r\nContent-Length: 2\r\n\r\n{}");

            assertThat(http.require(true).status()).isEqualTo(201);
            assertThat(http.isClosed()).isTrue();
        }
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(
            strings = {
                "Host: localhost|Host: localhost",
                "Host: localhost|Host: other.example",
                "Host: localhost|Content-Length: 2|Transfer-Encoding: chunked",
                "Host: localhost|Transfer-Encoding: chunked|Content-Length: 5",
                "Host: localhost|Transfer-Encoding: chunked, xchunked",
                "Host: localhost|Transfer-Encoding: gzip, chunked",
                "X: y"
            })
    void ambiguousRequestIsRefusedAndClosed(String headers) throws IOException {
        try (RawHttp http = connect()) {
            http.send("POST /api/0/" + tenant.keys() + " HTTP/1.1\r\n" + authorization() + headers.replace("|", "\r\n")
                    + "\r\n\r\n0\r\n\r\nGET /api/0/" + tenant.keys() + " HTTP/1.1\r\nHost: localhost\r\n"
                    + authorization() + "\r\n");

            assertRefused(http.require(true), 400, NOT_UNDERSTOOD);
            assertThat(http.isClosed()).isTrue();
        }
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"-2\r\n{}\r\n", "0x2\r\n{}\r\n", "2\n{}\r\n", "2\r\n{}xx", "ffffffffffffffff\r\n{}\r\n"})
    void malformedChunksAreRefused(String pieces) throws IOException {
        try (RawHttp http = connect()) {
            http.send("POST /api/0/" + tenant.keys() + " HTTP/1.1\r\nHost: localhost\r\n" + authorization()
                    + "Transfer-Encoding: chunked\r\n\r\n" + pieces + "0\r\n\r\n");

            assertRefused(http.require(true), 400, NOT_UNDERSTOOD);
            assertThat(http.isClosed()).isTrue();
        }
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"HTTP/1.2", "HTTP/2.0", "HTTP/9.9"})
    void otherVersionOfHttpIsRefused(String version) throws IOException {
        try (RawHttp http = connect()) {
            http.send("GET /api/0/ " + version + "\r\nHost: localhost\r\n\r\n");

            assertRefused(http.require(true), 400, NOT_UNDERSTOOD);
            assertThat(http.isClosed()).isTrue();
        }
    }

    @Test
    void secondContentEncodingIsRefused() throws IOException {
        try (RawHttp http = connect()) {
            http.send("POST /api/0/" + tenant.keys() + " HTTP/1.1\r\nHost: localhost\r\n" + authorization()
                    + "Content-Encoding: identity\r\nContent-Encoding: gzip\r\nContent-Length: 2\r\n\r\n{}");

            assertThat(http.require(true).status()).isEqualTo(415);
        }
    }

    private static String encoded(String value) {
        byte[] bytes = value.getBytes(StandardCharsets.ISO_8859_1);
        return URLEncoder.encode(new String(bytes, StandardCharsets.UTF_8), StandardCharsets.UTF_8);
    }
}
