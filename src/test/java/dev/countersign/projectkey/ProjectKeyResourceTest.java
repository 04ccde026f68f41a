package dev.countersign.projectkey;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.testsupport.Api;
import dev.countersign.testsupport.WithTenant;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The request of Sentry's API page, and the answer to it. */
@QuarkusTest
class ProjectKeyResourceTest extends WithTenant {

    @Test
    void requestOfTheApiPageAnswersItsKey() {
        String credentials = Base64.getEncoder()
                .encodeToString((tenant.newApiKey("project:write") + ":").getBytes(StandardCharsets.UTF_8));

        Response response = new Api("Basic " + credentials).post(tenant.keys(), """
                {"name": "Fabulous Key"}""");

        assertThat(response.statusCode()).isEqualTo(201);
        var key = response.jsonPath();
        String id = key.getString("id");
        String secret = key.getString("secret");
        long project = tenant.projectId();
        assertThat(id).matches("[a-f0-9]{32}");
        assertThat(secret).matches("[a-f0-9]{32}").isNotEqualTo(id);
        assertThat(key.getMap("$"))
                .containsEntry("name", "Fabulous Key")
                .containsEntry("label", "Fabulous Key")
                .containsEntry("public", id)
                .containsEntry("isActive", true)
                .containsEntry("rateLimit", null);
        assertThat(key.getLong("projectId")).isEqualTo(project);
        assertThat(key.getString("dateCreated")).matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z");
        assertThat(key.<String, String>getMap("dsn"))
                .containsEntry("cdn", "https://sentry.io/js-sdk-loader/" + id + ".min.js")
                .containsEntry("minidump", "https://sentry.io/api/" + project + "/minidump/?sentry_key=" + id)
                .containsEntry("public", "https://" + id + "@sentry.io/" + project)
                .containsEntry("secret", "https://" + id + ":" + secret + "@sentry.io/" + project)
                .containsEntry("security", "https://sentry.io/api/" + project + "/security/?sentry_key=" + id)
                .containsEntry("csp", "https://sentry.io/api/" + project + "/csp-report/?sentry_key=" + id);
    }

    @Test
    void answerHasTheHeadersOfTheApiPage() {
        Response response = Api.operator().post(tenant.keys(), "{}");

        Map.of(
                        "Allow", "GET, POST, HEAD, OPTIONS",
                        "Content-Language", "en",
                        "Content-Type", "application/json",
                        "Vary", "Accept-Language, Cookie",
                        "X-Content-Type-Options", "nosniff",
                        "X-Frame-Options", "deny",
                        "X-XSS-Protection", "1; mode=block")
                .forEach((name, value) ->
                        assertThat(response.header(name)).as(name).isEqualTo(value));
    }

    @Test
    void membersComeInSentrysOrder() {
        Response response = tenant.apiKey("project:write").post(tenant.keys(), """
                {"name":"Ordered"}""");

        Map<String, Object> key = response.jsonPath().getMap("$");
        assertThat(key.keySet())
                .containsExactly(
                        "id",
                        "name",
                        "label",
                        "public",
                        "secret",
                        "projectId",
                        "isActive",
                        "rateLimit",
                        "dsn",
                        "browserSdkVersion",
                        "browserSdk",
                        "dateCreated",
                        "dynamicSdkLoaderOptions");
        assertThat(response.jsonPath().getMap("dsn").keySet())
                .map(String::valueOf)
                .containsExactly(
                        "secret",
                        "public",
                        "csp",
                        "security",
                        "minidump",
                        "nel",
                        "unreal",
                        "crons",
                        "cdn",
                        "playstation",
                        "integration",
                        "otlp_traces",
                        "otlp_logs");
        assertThat(response.jsonPath().getMap("dynamicSdkLoaderOptions").keySet())
                .map(String::valueOf)
                .containsExactly("hasReplay", "hasPerformance", "hasDebug", "hasFeedback", "hasLogsAndMetrics");
    }

    @Test
    void dsnIgnoresTheHostHeader() {
        Response response = Api.operator()
                .request()
                .header("Host", "evil.example.net")
                .header("X-Forwarded-Host", "evil.example.net")
                .post(Api.url(tenant.keys()));

        assertThat(response.statusCode()).isEqualTo(201);
        assertThat(response.asString()).doesNotContain("evil");
    }

    @Test
    void createdKeyIsFound() {
        String id = tenant.newKey("""
                {"name":"Kept"}""");

        Response found = Api.operator().get(tenant.key(id));

        assertThat(found.statusCode()).isEqualTo(200);
        assertThat(found.jsonPath().getString("name")).isEqualTo("Kept");
    }

    @Test
    void listShowsNewestFirstAndTheDefaultKeyLast() {
        String older = tenant.newKey("""
                {"name":"Older"}""");
        String newer = tenant.newKey("""
                {"name":"Newer"}""");

        List<Map<String, Object>> keys =
                Api.operator().get(tenant.keys()).jsonPath().getList("$");

        assertThat(keys).hasSize(3);
        assertThat(keys).extracting(key -> key.get("id")).startsWith(newer, older);
        assertThat(keys).extracting(key -> key.get("name")).endsWith("Default");
    }

    @Test
    void emptyBodyCreatesAKeyNamedByTwoWords() {
        Response response = Api.operator().send("POST", tenant.keys());

        assertThat(response.statusCode()).isEqualTo(201);
        assertThat(response.jsonPath().getString("name")).matches("[A-Z][a-z]{1,9} [A-Z][a-z]{1,9}");
    }

    @Test
    void charactersOfEveryPlaneAreKept() {
        Response response = Api.operator().post(tenant.keys(), """
                {"name":"Schlüssel 🔑"}""");

        assertThat(new String(response.asByteArray(), StandardCharsets.UTF_8)).contains("\"name\":\"Schlüssel 🔑\"");
    }
}
