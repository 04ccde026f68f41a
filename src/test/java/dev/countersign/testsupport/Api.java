package dev.countersign.testsupport;

import dev.countersign.testsupport.http.Client;
import dev.countersign.testsupport.http.NewConnections;
import dev.countersign.testsupport.http.PlainPath;
import dev.countersign.testsupport.http.PlainRequest;
import io.restassured.RestAssured;
import io.restassured.config.DecoderConfig;
import io.restassured.config.HttpClientConfig;
import io.restassured.config.RestAssuredConfig;
import io.restassured.filter.Filter;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Calls the service under test with one credential.
 *
 * @param authorization the whole header, or null for none
 */
public record Api(@Nullable String authorization) {

    /** The base of {@code Link} in tests. */
    public static final String URL_PREFIX = "https://keys.example.com";

    /** The operator token of tests. */
    public static final String OPERATOR_TOKEN = "operator-token-of-the-tests-32-chars";

    /** Sends no {@code Accept-Encoding}. */
    private static final RestAssuredConfig UNCOMPRESSED = RestAssuredConfig.config()
            .decoderConfig(DecoderConfig.decoderConfig().noContentDecoders())
            .httpClient(HttpClientConfig.httpClientConfig().httpClientFactory(NewConnections::client));

    private static final Filter READABLE = PlainPath.filter();

    /** Without a credential. */
    public static Api anonymous() {
        return new Api(null);
    }

    /** With a token. */
    public static Api bearer(String token) {
        return new Api("Bearer " + token);
    }

    /** As the operator. */
    public static Api operator() {
        return bearer(OPERATOR_TOKEN);
    }

    /** A request for REST Assured, with the credential. */
    public RequestSpecification request() {
        RequestSpecification request = RestAssured.given()
                .config(UNCOMPRESSED)
                .filter(READABLE)
                .urlEncodingEnabled(false)
                .redirects()
                .follow(false);
        return authorization == null ? request : request.header("Authorization", authorization);
    }

    /** GET of a path, see {@link #url}. */
    public Response get(String path) {
        return send("GET", path, null);
    }

    /** POST of a JSON text. */
    public Response post(String path, String json) {
        return send("POST", path, json);
    }

    /** PUT of a JSON text. */
    public Response put(String path, String json) {
        return send("PUT", path, json);
    }

    /** DELETE. */
    public Response delete(String path) {
        return send("DELETE", path, null);
    }

    /** Any method, without a body. */
    public Response send(String method, String path) {
        return request().request(method, url(path));
    }

    /** The status alone, faster than REST Assured, for tables of a thousand requests. */
    public int status(String method, String path) {
        try {
            return Client.shared(RestAssured.port, authorization)
                    .await(method, url(path), "")
                    .statusCode();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** A client for many requests at once, with this credential. */
    public Client client(Duration patience) {
        return Client.of(RestAssured.port, authorization, patience);
    }

    /** The whole path of a path below {@code /api/0/}. A path that begins with a slash is whole already. */
    public static String url(String path) {
        return path.startsWith("/") ? path : "/api/0/" + path;
    }

    private Response send(String method, String path, @Nullable String json) {
        String url = url(path);
        if (PlainRequest.isPlain(url)) {
            return PlainPath.readable(PlainRequest.send(method, url, authorization, json));
        }
        return json == null ? send(method, path) : json(json).request(method, url);
    }

    private RequestSpecification json(String json) {
        return request().contentType("application/json").body(json.getBytes(StandardCharsets.UTF_8));
    }
}
