package dev.countersign.gate.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.testsupport.OwnService;
import dev.countersign.testsupport.http.GateClient;
import dev.countersign.testsupport.http.RawHttp;
import dev.countersign.testsupport.http.RawHttp.Answer;
import java.io.IOException;
import java.net.SocketException;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Requests to the gate of a packaged service that no gateway sends. */
class HostileGateIT {

    private static final int REQUESTS = 3000;

    private static final String KEY = "0123456789abcdef0123456789abcdef";

    private static final String[] LINES = {
        "GET /api/countersign/v1/gate/original",
        "POST /api/countersign/v1/gate/path/api/7/envelope/",
        "OPTIONS /api/countersign/v1/gate/forwarded",
        "GET /api/countersign/v1/gate/ingress-nginx?",
        "GET /api/countersign/v1/gate/path/",
        "GET http://gate/api/countersign/v1/gate/original",
        "CONNECT gate:443",
        "GET *",
        "PRI *",
        "\u0000",
        "GET /api/countersign/v1/gate/path" + "/../".repeat(1000)
    };

    private static final String[] VERSIONS = {"HTTP/1.1", "HTTP/1.0", "HTTP/2.0", "HTTP/9", "http/1.1", ""};

    private static final String[] HEADERS = {
        "X-Original-URI: /api/7/store/?sentry_key=" + KEY,
        "X-Original-URI: /api/7/%2e%2e/",
        "X-Original-URI:",
        "X-Original-URL: /api/7/store/",
        "X-Forwarded-Uri: /api/7/envelope/?sentry_key=" + KEY,
        "X-Original-Method: POST",
        "X-Forwarded-Method: OPTIONS",
        "X-Sentry-Auth: Sentry sentry_key=" + KEY + ", sentry_key=",
        "X_Sentry_Auth: Sentry sentry_key=" + KEY,
        "Authorization: Basic ====",
        "Authorization: Basic",
        "Origin: null",
        "Referer: ://",
        "Access-Control-Request-Method: POST",
        "Content-Length: 30",
        "Content-Length: -1",
        "Content-Length: 99999999999999999999",
        "Content-Length: 65536",
        "Transfer-Encoding: chunked",
        "Expect: 100-continue",
        "Connection: close",
        "Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: eA==",
        "Upgrade: h2c\r\nConnection: Upgrade, HTTP2-Settings\r\nHTTP2-Settings: AAMAAABkAAQAoAAAAAIAAAAA",
        "no colon",
        ": no name",
        " folded: line",
        "X-Countersign-Token: x",
        "X-Envoy-Auth-Partial-Body: true"
    };

    private static final String[] BODIES = {
        "", "{}\n{\"type\":\"session\"}\n{}", "{\"dsn\":5}\n", "[[[[[[[[[[", "\u001f\u008b", "5\r\n{}\n{}\r\n0\r\n\r\n"
    };

    @RegisterExtension
    static final OwnService SERVICE =
            new OwnService(Map.of("COUNTERSIGN_GATE_PORT", "0", "COUNTERSIGN_GATE_TRUSTED_ADDRESSES", "127.0.0.1,::1"));

    private final Random random = new Random(43);

    @Test
    void everyRequestIsAnsweredOrItsConnectionCloses() throws IOException {
        int port = SERVICE.get().gatePort();
        Set<Integer> statuses = new TreeSet<>();
        for (int i = 0; i < REQUESTS; i++) {
            statuses.add(status(port, request()));
        }

        assertThat(statuses).isSubsetOf(0, 200, 400, 401, 403, 404, 413, 414, 431, 501, 503);
        assertThat(statuses).contains(400, 401, 403, 404);
        assertThat(SERVICE.get().output()).noneMatch(line -> line.contains("ERROR") || line.contains("stackTrace"));
        assertThat(new GateClient(port, null)
                        .nginx("/api/7/store/?sentry_key=" + KEY)
                        .header("X-Countersign-Reason"))
                .isEqualTo("unknown_key");
    }

    /** The status of the answer; 0 where the connection closes without one, or waits for the rest of the request. */
    private static int status(int port, String request) throws IOException {
        try (RawHttp connection = new RawHttp(port)) {
            connection.send(request).finish();
            Answer answer = connection.read(!request.startsWith("HEAD"));
            return answer == null ? 0 : answer.status();
        } catch (SocketException reset) {
            return 0;
        }
    }

    private String request() {
        StringBuilder request =
                new StringBuilder(one(LINES)).append(' ').append(one(VERSIONS)).append("\r\n");
        for (int i = random.nextInt(6); i > 0; i--) {
            request.append(one(HEADERS)).append("\r\n");
        }
        return request.append("\r\n").append(one(BODIES)).toString();
    }

    private String one(String[] texts) {
        return texts[random.nextInt(texts.length)];
    }
}
