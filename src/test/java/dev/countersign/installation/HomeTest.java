package dev.countersign.installation;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.testsupport.Api;
import dev.countersign.testsupport.http.RawHttp;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.response.Response;
import java.io.IOException;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.xpath.XPathFactory;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The description of the service at {@code /}. */
@QuarkusTest
class HomeTest {

    private static final String JSON = "application/json";
    private static final String HTML = "text/html;charset=UTF-8";
    private static final String BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8";

    @Test
    void jsonSaysTheVersionAndWhereThingsAre() throws Exception {
        Response response = home("*/*");

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.asString())
                .isEqualTo("""
                {"name":"countersign","version":"%s","api":"%2$s/api/0/","openapi":"%2$s/q/openapi",\
                "health":"%2$s/q/health","documentation":"%3$s"}""".formatted(pom("version"), Api.URL_PREFIX, pom("properties/repository.url")));
    }

    @Test
    void pageSaysTheVersionAndLeadsToOtherAnswers() throws Exception {
        Response response = home(BROWSER);

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.asString()).startsWith("<!DOCTYPE html>").contains("Countersign " + pom("version"));
        var links = response.htmlPath().getList("html.body.ul.li.a.@href", String.class);
        assertThat(links).hasSize(3).contains(pom("properties/repository.url"));
        assertThat(links)
                .filteredOn(link -> !link.startsWith("https:"))
                .hasSize(2)
                .allSatisfy(
                        link -> assertThat(given().get("/" + link).statusCode()).isEqualTo(200));
    }

    /** The page needs no style, script or picture, and so may load none. */
    @Test
    void pageLoadsNothing() {
        Response response = home(BROWSER);

        assertThat(response.header("Content-Security-Policy"))
                .isEqualTo("default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'");
        assertThat(response.header("X-Content-Type-Options")).isEqualTo("nosniff");
        assertThat(response.header("X-Frame-Options")).isEqualTo("deny");
        assertThat(response.header("Referrer-Policy")).isEqualTo("no-referrer");
        assertThat(response.asString()).doesNotContain("src=", "<script", "<style", "style=", "<link");
    }

    @Test
    void badCredentialIsIgnored() {
        Response response = Api.bearer("nobody-has-this-token")
                .request()
                .header("Accept", JSON)
                .get("/");

        assertThat(response.statusCode()).isEqualTo(200);
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {JSON, BROWSER})
    void headHasTheHeadersOfGet(String accept) {
        Response head = Api.anonymous().request().header("Accept", accept).head("/");
        Response get = home(accept);

        assertThat(head.statusCode()).isEqualTo(200);
        assertThat(head.asString()).isEmpty();
        for (String name : new String[] {"Content-Type", "Content-Length", "Vary", "Content-Security-Policy"}) {
            assertThat(head.header(name)).as(name).isEqualTo(get.header(name));
        }
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"POST", "PUT", "DELETE"})
    void otherMethodsAreNotFound(String method) {
        assertThat(Api.anonymous().request().request(method, "/").statusCode()).isEqualTo(404);
    }

    @Nested
    class Negotiation {

        @ParameterizedTest(name = "{0}")
        @ValueSource(
                strings = {
                    BROWSER,
                    "text/html",
                    "TEXT/Html",
                    "text/*",
                    "text/html;level=1",
                    "text/html;q=0.7, application/json;q=0.6",
                    "text/html, image/gif, image/jpeg, *; q=.2, */*; q=.2",
                    "application/json;q=0, */*"
                })
        void clientsThatPreferHtmlGetThePage(String accept) {
            assertThat(home(accept).header("Content-Type")).isEqualTo(HTML);
            assertThat(home(accept).header("Vary")).isEqualToIgnoringCase("Accept");
        }

        @ParameterizedTest(name = "{0}")
        @ValueSource(
                strings = {
                    "*/*",
                    "*",
                    JSON,
                    "application/json, text/html",
                    "text/html;q=0.5, application/json;q=0.6",
                    "text/html;q=0.1, */*",
                    "text/html;q=0",
                    "text/html;q=0, */*",
                    "image/png"
                })
        void otherClientsGetJson(String accept) {
            assertThat(home(accept).header("Content-Type")).isEqualTo(JSON);
            assertThat(home(accept).header("Vary")).isEqualToIgnoringCase("Accept");
        }

        @Test
        void requestWithoutAcceptGetsJson() throws IOException {
            assertThat(raw("")).contains("application/json");
        }

        @ParameterizedTest(name = "{index}")
        @MethodSource("dev.countersign.installation.HomeTest#oddHeaders")
        void oddHeadersAreAnswered(String accept) throws IOException {
            assertThat(raw("Accept: " + accept + "\r\n")).isIn(JSON, HTML);
        }

        @ParameterizedTest(name = "{0} and {1}")
        @CsvSource({"text/html;q=0.1, application/json", "application/json, text/html;q=0.1"})
        void headerThatComesTwiceIsAnswered(String first, String second) throws IOException {
            assertThat(raw("Accept: " + first + "\r\nAccept: " + second + "\r\n"))
                    .isIn(JSON, HTML);
        }
    }

    static Stream<String> oddHeaders() {
        String slash = "/ | // | text | text/ | /html | a/b/c | \u00e4/\u00f6 | \"";
        String quality =
                "text/html;q | text/html;q= | text/html;q=x | text/html;q=NaN | text/html;q=-1 | text/html;q=1e99"
                        + " | text/html;q=0.9;q=0.1 | text/html;x=\"a,b\"";
        Stream<String> large = Stream.of("a", ";", ",", "=", "\"", "text/html;q=NaN, */*;q=NaN, ")
                .map(part -> part.repeat(16_000 / part.length()));
        return Stream.of(
                        Stream.of("", ",", ";"),
                        Stream.of(slash.split(" \\| ")),
                        Stream.of(quality.split(" \\| ")),
                        large)
                .flatMap(headers -> headers);
    }

    private static Response home(String accept) {
        return Api.anonymous().request().header("Accept", accept).get("/");
    }

    /** The content type of the answer to a request that has only this header. */
    private static String raw(String header) throws IOException {
        try (RawHttp http = new RawHttp(RestAssured.port)) {
            http.send("GET / HTTP/1.1\r\nHost: x\r\n" + header + "\r\n");
            RawHttp.Answer answer = http.require(true);
            assertThat(answer.status()).isEqualTo(200);
            return answer.header("content-type");
        }
    }

    private static String pom(String path) throws Exception {
        return XPathFactory.newInstance()
                .newXPath()
                .evaluate(
                        "/project/" + path,
                        DocumentBuilderFactory.newInstance()
                                .newDocumentBuilder()
                                .parse("pom.xml"));
    }
}
