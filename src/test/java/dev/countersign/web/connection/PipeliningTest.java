package dev.countersign.web.connection;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.testsupport.Api;
import dev.countersign.testsupport.WithTenant;
import dev.countersign.testsupport.http.RawHttp;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Requests sent before the earlier answers arrive are answered in order. */
@QuarkusTest
class PipeliningTest extends WithTenant {

    private static final int ROUNDS = 60;
    private static final int LARGE = 200_000;
    private static final int LONG_BODY = 100_000;

    @Test
    void pipelinedRequestsAreAnsweredInOrder() throws Exception {
        StringBuilder requests = new StringBuilder();
        List<Integer> expected = new ArrayList<>();
        for (int i = 0; i < ROUNDS; i++) {
            requests.append(get("/api/0/nothing/"));
            expected.add(404);
            requests.append(post("""
                    {"name": "One of many"}"""));
            expected.add(201);
            requests.append(get("/api/0/" + tenant.keys()));
            expected.add(200);
            requests.append(post("{\"name\": "));
            expected.add(400);
            requests.append(chunked("""
                    {"name": "In pieces"}"""));
            expected.add(201);
        }
        requests.append(post("""
                {"name": "%s"}""".formatted("x".repeat(LONG_BODY))));
        expected.add(400);
        requests.append(get("/api/0/"));
        expected.add(200);

        assertThat(statuses(requests.toString(), expected.size())).isEqualTo(expected);
    }

    @Test
    void malformedRequestEndsTheConnectionAfterEarlierAnswers() throws Exception {
        String good = get("/api/0/" + tenant.keys());
        try (RawHttp http = new RawHttp(RestAssured.port)) {
            http.send(good + good + "NONSENSE\r\n\r\n" + good);

            assertThat(http.require(true).status()).isEqualTo(200);
            assertThat(http.require(true).status()).isEqualTo(200);
            assertThat(http.require(true).status()).isEqualTo(400);
            assertThat(http.isClosed()).isTrue();
        }
    }

    @Test
    void refusedBodyEndsTheConnection() throws Exception {
        try (RawHttp http = new RawHttp(RestAssured.port)) {
            http.send(get("/api/0/") + head("POST", "Content-Length: 9000000") + "{}" + get("/api/0/"));

            assertThat(http.require(true).status()).isEqualTo(200);
            assertThat(http.require(true).status()).isEqualTo(413);
            assertThat(http.isClosed()).isTrue();
        }
    }

    @Test
    void slowReaderGetsEveryAnswer() throws Exception {
        String request = get("/api/0/nothing/");
        int count = LARGE / request.length();

        assertThat(statuses(request.repeat(count), count)).hasSize(count).containsOnly(404);
    }

    private static List<Integer> statuses(String requests, int count) throws IOException, InterruptedException {
        try (RawHttp http = new RawHttp(RestAssured.port)) {
            Thread writer = new Thread(() -> {
                try {
                    http.send(requests);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
            writer.start();
            List<Integer> statuses = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                statuses.add(http.require(true).status());
            }
            writer.join();
            return statuses;
        }
    }

    private String post(String json) {
        return head("POST", "Content-Length: " + json.length()) + json;
    }

    private String chunked(String json) {
        return head("POST", "Transfer-Encoding: chunked") + Integer.toHexString(json.length()) + "\r\n" + json
                + "\r\n0\r\n\r\n";
    }

    private String head(String method, String more) {
        return method + " /api/0/" + tenant.keys() + " HTTP/1.1\r\n" + headers() + more + "\r\n\r\n";
    }

    private static String get(String path) {
        return "GET " + path + " HTTP/1.1\r\n" + headers() + "\r\n";
    }

    private static String headers() {
        return "Host: localhost\r\nAuthorization: Bearer " + Api.OPERATOR_TOKEN + "\r\n";
    }
}
