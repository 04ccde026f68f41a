package dev.countersign.testsupport.http;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * Sends HTTP/1.1 requests to one service, many at once if a test wants so, and gives up after a time.
 *
 * @param base such as {@code http://localhost:8080}
 * @param authorization the whole header of each request, or null for none
 * @param patience how long an answer may take
 */
public record Client(HttpClient http, String base, @Nullable String authorization, Duration patience) {

    static {
        // Shorter than any server here keeps an idle connection, so that no request meets the end of one.
        System.setProperty("jdk.httpclient.keepalive.timeout", "20");
    }

    private static final HttpClient SHARED = builder().build();
    private static final Duration LONG = Duration.ofMinutes(2);

    /** A client of a service on this machine, with connections of its own. */
    public static Client of(int port, @Nullable String authorization, Duration patience) {
        return new Client(builder().connectTimeout(patience).build(), base(port), authorization, patience);
    }

    /** A client that shares its connections with others and waits for two minutes. */
    public static Client shared(int port, @Nullable String authorization) {
        return new Client(SHARED, base(port), authorization, LONG);
    }

    /** This client, over TLS. */
    public Client overTls(SSLContext trusted) {
        return new Client(
                builder().sslContext(trusted).build(), base.replace("http:", "https:"), authorization, patience);
    }

    /** Sends a request, and fails where no answer comes in time. */
    public CompletableFuture<HttpResponse<String>> send(String method, String path, String json) {
        return http.sendAsync(request(method, path, json, authorization), HttpResponse.BodyHandlers.ofString());
    }

    /**
     * Sends a request with another token.
     *
     * @param headers more headers: a name, its value, and so on
     */
    public CompletableFuture<HttpResponse<String>> send(
            String method, String path, String json, String token, String... headers) {
        return http.sendAsync(
                request(method, path, json, "Bearer " + token, headers), HttpResponse.BodyHandlers.ofString());
    }

    /**
     * Sends a request with more headers.
     *
     * @param headers a name, its value, and so on
     */
    public CompletableFuture<HttpResponse<String>> sendWith(
            String method, String path, String json, String... headers) {
        return http.sendAsync(
                request(method, path, json, authorization, headers), HttpResponse.BodyHandlers.ofString());
    }

    /** Sends a request and waits for its answer. */
    public HttpResponse<String> await(String method, String path, String json)
            throws IOException, InterruptedException {
        return http.send(request(method, path, json, authorization), HttpResponse.BodyHandlers.ofString());
    }

    private HttpRequest request(
            String method, String path, String json, @Nullable String credential, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(base + path))
                .timeout(patience)
                .header("Content-Type", "application/json")
                .method(method, HttpRequest.BodyPublishers.ofString(json));
        if (credential != null) {
            request.header("Authorization", credential);
        }
        if (headers.length > 0) {
            request.headers(headers);
        }
        return request.build();
    }

    private static HttpClient.Builder builder() {
        return HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1);
    }

    private static String base(int port) {
        return "http://localhost:" + port;
    }
}
