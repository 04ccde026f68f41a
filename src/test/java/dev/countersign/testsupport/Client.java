package dev.countersign.testsupport;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/**
 * Calls a packaged service as clients do that give up in the end.
 *
 * @param base such as {@code http://localhost:8080}
 */
public record Client(HttpClient http, String base, Duration patience) {

    /** A client of a service on this machine. */
    public static Client of(int port, Duration patience) {
        HttpClient http = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(patience)
                .build();
        return new Client(http, "http://localhost:" + port, patience);
    }

    /** Sends as the operator; fails where no answer comes within the client's patience. */
    public CompletableFuture<HttpResponse<String>> send(String method, String path, String json) {
        return send(method, path, json, Api.OPERATOR_TOKEN);
    }

    /**
     * Sends with a token.
     *
     * @param headers more headers: a name, its value, and so on
     */
    public CompletableFuture<HttpResponse<String>> send(
            String method, String path, String json, String token, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(base + path))
                .timeout(patience)
                .header("Authorization", "Bearer " + token)
                .header("Content-Type", "application/json")
                .method(method, HttpRequest.BodyPublishers.ofString(json));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return http.sendAsync(request.build(), HttpResponse.BodyHandlers.ofString());
    }
}
