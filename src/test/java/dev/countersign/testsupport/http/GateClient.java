package dev.countersign.testsupport.http;

import dev.countersign.testsupport.Poll;
import dev.countersign.testsupport.http.RawHttp.Answer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Asks a gate as gateways do, on a connection for each question.
 *
 * @param port the port of the gate
 * @param token the token or API key of the asker; null for none
 * @param patient whether a question that the gate cannot answer in time is asked again: on a busy machine, a look-up may take
 *     longer than the gate waits
 */
public record GateClient(int port, @Nullable String token, boolean patient) {

    private static final String ROUTES = "/api/countersign/v1/gate/";

    /** A patient client. */
    public GateClient(int port, @Nullable String token) {
        this(port, token, true);
    }

    /** A client that takes each answer as it is. */
    public static GateClient impatient(int port, @Nullable String token) {
        return new GateClient(port, token, false);
    }

    /** What nginx asks about a POST to a target of the store, with further headers of the client. */
    public Answer nginx(String target, String... headers) {
        return nginxRoute("original", target, headers);
    }

    /** What ingress-nginx asks. */
    public Answer ingressNginx(String target, String... headers) {
        return ask("GET", "ingress-nginx", "X-Original-URL: " + target + "\r\nX-Original-Method: POST\r\n", headers);
    }

    /** What nginx asks if its configuration names another route. */
    public Answer nginxRoute(String route, String target, String... headers) {
        return ask("GET", route, "X-Original-URI: " + target + "\r\nX-Original-Method: POST\r\n", headers);
    }

    /** What Caddy and Traefik ask about a request with a method. */
    public Answer caddy(String method, String target, String... headers) {
        return ask(
                "GET",
                "forwarded",
                "X-Forwarded-Uri: " + target + "\r\nX-Forwarded-Method: " + method + "\r\n",
                headers);
    }

    /** What Envoy asks about a request without a body. */
    public Answer envoy(String method, String target, String... headers) {
        return ask(method, "path" + target, "", headers);
    }

    /** What Envoy asks about an envelope. */
    public Answer envelope(String target, String body, String... headers) {
        int length = body.getBytes(StandardCharsets.UTF_8).length;
        return send(head("POST", "path" + target, "Content-Length: " + length + "\r\n", headers) + body, true);
    }

    /** Asks by any route, below the routes of the gate. */
    public Answer ask(String method, String route, String source, String... headers) {
        return send(head(method, route, source, headers), !method.equals("HEAD"));
    }

    /** The bytes before the body of a question, with the token. */
    public String head(String method, String route, String source, String... headers) {
        StringBuilder head = new StringBuilder(method + " " + ROUTES + route + " HTTP/1.1\r\nHost: gate\r\n" + source);
        for (int i = 0; i < headers.length; i += 2) {
            head.append(headers[i]).append(": ").append(headers[i + 1]).append("\r\n");
        }
        if (token != null) {
            head.append("X-Countersign-Token: ").append(token).append("\r\n");
        }
        return head.append("\r\n").toString();
    }

    /** Sends bytes and reads the answer. */
    public Answer send(String bytes, boolean withBody) {
        return patient
                ? Poll.until(() -> sendOnce(bytes, withBody), answer -> !isUnavailable(answer))
                : sendOnce(bytes, withBody);
    }

    private static boolean isUnavailable(Answer answer) {
        return answer.header("X-Countersign-Reason").equals("unavailable");
    }

    private Answer sendOnce(String bytes, boolean withBody) {
        try (RawHttp connection = new RawHttp(port)) {
            return connection.send(bytes.getBytes(StandardCharsets.UTF_8)).require(withBody);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
