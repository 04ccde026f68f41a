package dev.countersign.testsupport.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.hamcrest.Matchers.equalTo;

import dev.countersign.testsupport.Api;
import io.restassured.RestAssured;
import io.restassured.response.Response;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The state of REST Assured is the suite's, so each test puts its port back. */
class PlainRequestTest {

    private static final String ANSWER = """
            HTTP/1.1 404 Not Found\r
            Content-Type: application/json;charset=UTF-8\r
            Link: <a>\r
            Link: <b>\r
            Content-Length: 15\r
            \r
            {"detail":"ä"}""";

    private final int port = RestAssured.port;
    private ServerSocket server;

    @BeforeEach
    void listen() throws IOException {
        server = new ServerSocket(0);
        RestAssured.port = server.getLocalPort();
    }

    @AfterEach
    void close() throws IOException {
        RestAssured.port = port;
        server.close();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            GET    | organizations/                           | Bearer x |
            GET    | /q/health/ready                          |          |
            GET    | teams/acme/?query=a%20b:c&cursor=0:100:0 | Bearer x |
            DELETE | teams/acme/a.b/                          | Bearer x |
            PUT    | projects/acme/pump/                      | Bearer x | {"name":"Käse"}
            POST   | organizations/                           | Bearer x | {}
            POST   | organizations/                           |          | ``
            """)
    void bytesOfRequestAndAnswerAreThoseOfRestAssured(
            String method, String path, @Nullable String authorization, @Nullable String json) throws Exception {
        Api api = new Api(authorization);
        assertThat(PlainRequest.isPlain(Api.url(path))).isTrue();

        Exchange plain = exchange(() -> PlainRequest.send(method, Api.url(path), authorization, json));
        Exchange usual = exchange(() -> json == null
                ? api.request().request(method, Api.url(path))
                : api.request()
                        .contentType("application/json")
                        .body(json.getBytes(StandardCharsets.UTF_8))
                        .request(method, Api.url(path)));

        assertThat(plain.request()).isEqualTo(usual.request());
        assertThat(plain.response().statusLine()).isEqualTo(usual.response().statusLine());
        assertThat(plain.response().statusCode()).isEqualTo(404);
        assertThat(plain.response().headers())
                .hasToString(usual.response().headers().toString());
        assertThat(plain.response().contentType()).isEqualTo(usual.response().contentType());
        assertThat(plain.response().asString())
                .isEqualTo(usual.response().asString())
                .contains("ä");
        plain.response().then().statusCode(404).body("detail", equalTo("ä"));
    }

    @Test
    void failedExpectationShowsTheAnswer() throws Exception {
        Response response =
                exchange(() -> Api.anonymous().get("organizations/")).response();

        assertThatThrownBy(() -> response.then().statusCode(200)).hasMessageContaining("<404>");
    }

    @Test
    void answerWithoutABodyIsThatOfRestAssured() throws Exception {
        String answer = "HTTP/1.1 204 No Content\r\nX-Id: 1\r\n\r\n";
        Response plain = exchange(answer, () -> PlainRequest.send("DELETE", "/a", null, null))
                .response();
        Response usual =
                exchange(answer, () -> Api.anonymous().request().delete("/a")).response();

        assertThat(plain.asString()).isEqualTo(usual.asString()).isEmpty();
        assertThat(plain.contentType()).isEqualTo(usual.contentType());
        assertThat(plain.header("X-Id")).isEqualTo(usual.header("X-Id"));
        assertThat(plain.header("Link")).isEqualTo(usual.header("Link"));
    }

    @Test
    void answerThatIsCutIsAFailure() throws Exception {
        CompletableFuture<String> asked = answer(ANSWER.substring(0, ANSWER.length() - 1));

        assertThatThrownBy(() -> PlainRequest.send("GET", "/", null, null)).isInstanceOf(UncheckedIOException.class);
        assertThat(asked.get()).startsWith("GET / HTTP/1.1");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "a", "/a b", "/{a}", "/ä", "/a?b", "/a?b=", "/a?", "/a#b", "/a\\b", "/a?b=c&", "/a?b={c}"})
    void otherPathsAreForRestAssured(String path) {
        assertThat(PlainRequest.isPlain(path)).isFalse();
    }

    @Test
    void longQueriesArePlain() {
        assertThat(PlainRequest.isPlain("/a?" + "b=c&".repeat(10_000) + "b=c")).isTrue();
    }

    private Exchange exchange(Supplier<Response> request) throws Exception {
        return exchange(ANSWER, request);
    }

    private Exchange exchange(String answer, Supplier<Response> request) throws Exception {
        CompletableFuture<String> asked = answer(answer);
        Response response = request.get();
        return new Exchange(asked.get(), response);
    }

    /** Answers one request, and tells its bytes. */
    private CompletableFuture<String> answer(String text) {
        return CompletableFuture.supplyAsync(() -> {
            try (Socket socket = server.accept()) {
                StringBuilder request = new StringBuilder();
                while (!isWhole(request.toString())) {
                    request.append((char) socket.getInputStream().read());
                }
                socket.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
                return request.toString();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    private static boolean isWhole(String request) {
        int end = request.indexOf("\r\n\r\n");
        if (end < 0) {
            return false;
        }
        int length = Stream.of(request.split("\r\n"))
                .filter(line -> line.startsWith("Content-Length: "))
                .mapToInt(line -> Integer.parseInt(line.substring("Content-Length: ".length())))
                .findFirst()
                .orElse(0);
        return request.length() >= end + 4 + length;
    }

    private record Exchange(String request, Response response) {}
}
