package dev.countersign.clients;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.testsupport.Api;
import dev.countersign.testsupport.Tenant;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * Sends requests with the headers of one published client.
 *
 * @param headers of each request
 * @param bodyless those of a request without a body besides
 */
record SentryClient(Api api, Map<String, String> headers, Map<String, String> bodyless) {

    private static final Map<String, String> JSON = Map.of("Content-Type", "application/json");

    /** A client that sends {@code Content-Type} with every request. */
    static SentryClient alwaysJson(Tenant tenant, String userAgent) {
        return new SentryClient(full(tenant), Map.of("User-Agent", userAgent), JSON);
    }

    /** A client that sends {@code Content-Type} with a body only. */
    static SentryClient of(Tenant tenant, String userAgent) {
        return new SentryClient(full(tenant), Map.of("User-Agent", userAgent), Map.of());
    }

    Response get(String path, int status) {
        return expect(status, request().headers(bodyless).get(Api.url(path)));
    }

    Response delete(String path, int status) {
        return expect(status, request().headers(bodyless).delete(Api.url(path)));
    }

    Response post(String path, String json, int status) {
        return expect(status, with(json).post(Api.url(path)));
    }

    Response put(String path, String json, int status) {
        return expect(status, with(json).put(Api.url(path)));
    }

    private RequestSpecification request() {
        return api.request().headers(headers);
    }

    private RequestSpecification with(String json) {
        return request().headers(JSON).body(json.getBytes(StandardCharsets.UTF_8));
    }

    /** An API key with every permission in its organization. */
    private static Api full(Tenant tenant) {
        return tenant.apiKey("project:admin", "team:admin", "org:admin");
    }

    /** Clients compare status codes exactly, and parse answers of the type JSON only. */
    private static Response expect(int status, Response response) {
        assertThat(response.statusCode()).as(response.asString()).isEqualTo(status);
        if (status != 204) {
            assertThat(response.header("Content-Type")).contains("application/json");
        }
        return response;
    }
}
