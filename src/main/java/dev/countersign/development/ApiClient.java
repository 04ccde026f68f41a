package dev.countersign.development;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Map;

/**
 * Sends requests to this service's own API over HTTP, to create the sample data.
 *
 * @param base the URL of the API, which ends with {@code /api/0/}
 * @param token the bearer token of each request
 */
record ApiClient(String base, String token) {

    static final int OK = 200;
    private static final int CREATED = 201;
    private static final int CONFLICT = 409;

    private static final JsonMapper JSON = new JsonMapper();

    ApiClient with(String otherToken) {
        return new ApiClient(base, otherToken);
    }

    /** Sends a GET request and returns the status. */
    int get(String path) throws IOException, InterruptedException {
        return send(request(path).GET()).statusCode();
    }

    /**
     * Sends a POST request and returns the body of its answer, for status 201 and 409.
     *
     * @throws IOException for any other status
     */
    JsonNode post(String path, Map<String, Object> body) throws IOException, InterruptedException {
        var publisher = HttpRequest.BodyPublishers.ofString(JSON.writeValueAsString(body));
        var response =
                send(request(path).header("Content-Type", "application/json").POST(publisher));
        if (response.statusCode() != CREATED && response.statusCode() != CONFLICT) {
            throw new IOException("POST " + path + " answers " + response.statusCode());
        }
        return JSON.readTree(response.body());
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(base + path)).header("Authorization", "Bearer " + token);
    }

    private static HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return HttpClient.newHttpClient().send(request.build(), HttpResponse.BodyHandlers.ofString());
    }
}
