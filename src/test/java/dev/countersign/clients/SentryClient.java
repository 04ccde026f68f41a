package dev.countersign.clients;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.testsupport.Api;
import dev.countersign.testsupport.Tenant;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * Sends what a client sends.
 *
 * @param headers of each request
 * @param bodyless those of a request without a body besides
 */
record SentryClient(Api api, Map<String, String> headers, Map<String, String> bodyless) {

    private static final Map<String, String> JSON = Map.of("Content-Type", "application/json");

    /** One that names its content type on every request. */
    static SentryClient alwaysJson(Tenant tenant, String userAgent) {
        return new SentryClient(full(tenant), Map.of("User-Agent", userAgent), JSON);
    }

    /** One that names its content type where there is a body. */
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

    /** An API key that may do everything in its organization. */
    private static Api full(Tenant tenant) {
        return tenant.apiKey("project:admin", "team:admin", "org:admin");
    }

    /** Clients compare codes exactly, and parse nothing that does not say it is JSON. */
    private static Response expect(int status, Response response) {
        assertThat(response.statusCode()).as(response.asString()).isEqualTo(status);
        if (status != 204) {
            assertThat(response.header("Content-Type")).contains("application/json");
        }
        return response;
    }
}
