package dev.countersign.web.filter;

import static dev.countersign.web.filter.RawRequests.assertRefused;
import static dev.countersign.web.filter.RawRequests.authorization;
import static dev.countersign.web.filter.RawRequests.connect;
import static dev.countersign.web.filter.RawRequests.get;
import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.testsupport.WithTenant;
import dev.countersign.testsupport.http.PlainPath;
import dev.countersign.testsupport.http.RawHttp;
import dev.countersign.web.answer.AnswerEnd;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The limits of a request, chunked bodies, and the end of a connection. */
@QuarkusTest
class ConnectionTest extends WithTenant {

    private static final String NOT_UNDERSTOOD = """
            {"detail":"The request could not be understood."}""";

    @Test
    void requestLineHoldsFourHundredProjectIds() throws IOException {
        String ids = IntStream.range(0, 400)
                .mapToObj(i -> "project=" + (4_500_000_000_000_000L + i))
                .collect(Collectors.joining("&"));

        assertThat(get("/api/0/" + tenant.keys() + "?" + ids).status()).isEqualTo(200);
    }

    @Test
    void longRequestLineIsRefused() throws IOException {
        assertRefusedAndClosed("GET /api/0/?" + "x".repeat(17_000) + " HTTP/1.1\r\nHost: localhost\r\n\r\n", 414, """
                        {"detail":"The request line is too long."}""");
    }

    @Test
    void longHeadersAreRefused() throws IOException {
        assertRefusedAndClosed(
                "GET /api/0/ HTTP/1.1\r\nHost: localhost\r\nX: " + "x".repeat(70_000) + "\r\n\r\n", 431, """
                        {"detail":"The request headers are too long."}""");
    }

    /** The client reads the answer after it has sent everything. */
    @ParameterizedTest(name = "{0}")
    @CsvSource({"'GET /api/0/?', 414", "'GET /api/0/ HTTP/1.1|Host: localhost|X: ', 431", "'NONSENSE|', 400"})
    void refusalArrivesWhileTheClientIsSending(String begin, int status) throws Exception {
        for (int arrived = 0, rounds = 0; arrived < 20; rounds++) {
            assertThat(rounds).as("rounds, also those that were too slow").isLessThan(200);
            long begun = System.nanoTime();
            try (RawHttp http = connect()) {
                http.send(begin.replace("|", "\r\n") + "x".repeat(100_000));
                for (int pieces = 0; pieces < 20; pieces++) {
                    Thread.sleep(1);
                    http.send("x".repeat(100_000));
                }

                assertThat(http.require(true).status()).isEqualTo(status);
                assertThat(http.isClosed()).isTrue();
                arrived++;
            } catch (IOException | AssertionError reset) {
                // The service reads for a second what a refused client still sends, and not longer.
                if (System.nanoTime() - begun < TimeUnit.MILLISECONDS.toNanos(AnswerEnd.LINGER_MILLIS) / 2) {
                    throw reset;
                }
            }
        }
    }

    @Test
    void textOtherThanHttpIsRefused() throws IOException {
        assertRefusedAndClosed("NONSENSE\r\n\r\n", 400, NOT_UNDERSTOOD);
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(
            strings = {
                "GET /api/0/organizations/|0",
                "GET /api/0/nothing/|0",
                "POST /api/0/nothing/|300000",
                "POST /api/0/organizations/|2",
                "POST /api/0/organizations/|1048577"
            })
    void connectionIsClosedOnRequest(String request) throws IOException {
        String[] parts = request.split("\\|");
        try (RawHttp http = connect()) {
            http.send(parts[0] + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n" + authorization()
                    + "Content-Length: " + parts[1] + "\r\n\r\n" + " ".repeat(Integer.parseInt(parts[1])));

            assertThat(http.require(true).header("Connection")).isEqualTo("close");
            assertThat(http.isClosed()).isTrue();
        }
    }

    @Test
    void answerWithConnectionCloseIsTheLast() throws IOException {
        try (RawHttp http = connect()) {
            http.send("POST /api/0/" + tenant.keys() + " HTTP/1.1\r\nHost: localhost\r\n" + authorization()
                    + "Content-Length: 3000000\r\n\r\n{");

            RawHttp.Answer answer = http.require(true);
            assertThat(answer.status()).isEqualTo(413);
            assertThat(answer.header("Connection")).isEqualTo("close");
            assertThat(http.isClosed()).isTrue();
        }
    }

    @Test
    void chunkedBodyIsAccepted() throws IOException {
        try (RawHttp http = connect()) {
            http.send("POST /api/0/" + tenant.keys() + " HTTP/1.1\r\nHost: localhost\r\n" + authorization()
                    + "Content-Type: application/json\r\nExpect: 100-continue\r\nTransfer-Encoding: chunked\r\n\r\n"
                    + "8\r\n{\"name\":\r\n5\r\n\"Two\"\r\n1\r\n}\r\n0\r\n\r\n");
            RawHttp.Answer created = http.require(true);

            assertThat(created.status()).as(created.body()).isEqualTo(201);
            assertThat(PlainPath.of(created.body()).getString("name")).isEqualTo("Two");
            http.send("GET /api/0/" + tenant.keys() + " HTTP/1.1\r\nHost: localhost\r\n" + authorization() + "\r\n");
            assertThat(http.require(true).status()).isEqualTo(200);
        }
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"gzip", "deflate", "br", "gzip, identity"})
    void encodedBodyIsRefused(String encoding) throws IOException {
        try (RawHttp http = connect()) {
            http.send("POST /api/0/" + tenant.keys() + " HTTP/1.1\r\nHost: localhost\r\n" + authorization()
                    + "Content-Encoding: " + encoding + "\r\nContent-Length: 2\r\n\r\n{}");

            assertRefused(http.require(true), 415, """
                            {"detail":"Unsupported content encoding \\"%s\\" in request. Send the body as it \
                            is."}""".formatted(encoding));
        }
    }

    private static void assertRefusedAndClosed(String request, int status, String body) throws IOException {
        try (RawHttp http = connect()) {
            http.send(request);

            assertRefused(http.require(true), status, body);
            assertThat(http.isClosed()).isTrue();
        }
    }
}
