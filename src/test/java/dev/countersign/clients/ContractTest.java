package dev.countersign.clients;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.testsupport.Api;
import dev.countersign.testsupport.WithTenant;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Answers that broke a published client when a server got them wrong. */
@QuarkusTest
class ContractTest extends WithTenant {

    private SentryClient client;

    @BeforeEach
    void createClient() {
        client = SentryClient.of(tenant, "contract");
    }

    @Test
    void healthCheckRefusesBadTokens() {
        client.get("internal/health/", 200);
        new SentryClient(Api.bearer("bad"), Map.of(), Map.of()).get("internal/health/", 401);
        new SentryClient(tenant.apiKey("event:read"), Map.of(), Map.of()).get("internal/health/", 200);
    }

    @Test
    void createStoresEverySetting() {
        JsonPath made = client.post(tenant.keys(), """
                                {"name":"x","rateLimit":{"count":5,"window":60},"browserSdkVersion":"8.x",
                                "dynamicSdkLoaderOptions":{"hasReplay":false,"hasPerformance":false,
                                "hasDebug":true}}""", 201).jsonPath();

        assertThat(made.<String, Integer>getMap("rateLimit")).isEqualTo(Map.of("count", 5, "window", 60));
        assertThat(made.getString("browserSdkVersion")).isEqualTo("8.x");
        assertThat(made.getBoolean("dynamicSdkLoaderOptions.hasDebug")).isTrue();
        assertThat(made.getBoolean("dynamicSdkLoaderOptions.hasReplay")).isFalse();
    }

    @Test
    void statusCodesAreExact() {
        String id = client.post(tenant.keys(), "{}", 201).jsonPath().getString("id");
        client.put(tenant.key(id), "{}", 200);
        client.get(tenant.key(id), 200);
        client.delete(tenant.key(id), 204);
        client.get(tenant.key(id), 404);
    }

    @Test
    void timesEndInZ() {
        for (String path : List.of(
                tenant.keys(),
                "organizations/",
                tenant.path("organizations/{o}/teams/"),
                tenant.path("organizations/{o}/projects/"),
                tenant.path("organizations/{o}/api-keys/"))) {
            assertThat(client.get(path, 200).jsonPath().getList("dateCreated", String.class))
                    .as(path)
                    .isNotEmpty()
                    .allMatch(date -> date.matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z"));
        }
    }

    @ParameterizedTest(name = "{0} {1}")
    @CsvSource({
        "GET, 200, organizations/",
        "GET, 404, nothing/here/",
        "PATCH, 405, organizations/",
        "DELETE, 404, teams/no/such/",
        "POST, 404, projects/no/such/keys/",
        "GET, 400, organizations/?per_page=x"
    })
    void successAndFailureAreJson(String method, int status, String path) {
        Response response = client.api().send(method, path);

        assertThat(response.statusCode()).isEqualTo(status);
        assertThat(response.header("Content-Type")).isEqualTo("application/json");
        assertThat(response.jsonPath().<Object>get("")).isNotNull();
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"", "internal/health/", "auth/", "organizations/", "projects/", "users/me/regions/"})
    void getWithAContentTypeIsServed(String path) {
        SentryClient json =
                new SentryClient(client.api(), Map.of("Accept", "*/*"), Map.of("Content-Type", "application/json"));

        json.get(path, 200);
    }

    @Test
    void everyPathTakesIds() {
        String organizationId = client.get("organizations/", 200).jsonPath().getString("[0].id");
        String teamId = client.get("organizations/" + organizationId + "/teams/", 200)
                .jsonPath()
                .getString("[0].id");
        String project = "projects/" + organizationId + "/" + tenant.projectId() + "/";
        String id = client.post(project + "keys/", "{}", 201).jsonPath().getString("id");

        client.get("organizations/" + organizationId + "/project-keys/", 200);
        client.get("organizations/" + organizationId + "/audit-logs/", 200);
        client.get("teams/" + organizationId + "/" + teamId + "/projects/", 200);
        client.delete(project + "teams/" + teamId + "/", 200);
        client.post(project + "teams/" + teamId + "/", "", 201);
        client.put(project + "keys/" + id + "/", "{}", 200);
        client.delete(project + "keys/" + id + "/", 204);
        client.delete(project, 204);
        client.delete("teams/" + organizationId + "/" + teamId + "/", 204);
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(
            strings = {
                "projects/{o}/{p}/keys/", "organizations/", "organizations/{o}/projects/", "organizations/{o}/teams/",
                "organizations/{o}/project-keys/", "teams/{o}/core/projects/", "projects/",
                        "organizations/{o}/api-keys/",
                "organizations/{o}/audit-logs/"
            })
    void everyListHasLinksAndTakesAnEmptyCursor(String template) {
        String path = tenant.path(template);
        Response all = client.get(path + "?cursor=", 200);

        assertThat(all.header("Link"))
                .matches("<[^>]+>; rel=\"previous\"; results=\"false\"; cursor=\"[^\"]+\", "
                        + "<[^>]+>; rel=\"next\"; results=\"(true|false)\"; cursor=\"[^\"]+\"");
        assertThat(client.get(path + "?per_page=1", 200).header("Link")).contains("per_page=1");
    }

    @Test
    void unknownMembersAndValuesAreIgnored() {
        client.post(tenant.keys(), """
                        {"name":"x","useCase":"user","adopt":true,"nobody":{"knows":[1]}}""", 201);

        assertThat(client.get(tenant.keys() + "?status=sleeping", 200).asString())
                .isEqualTo("[]");
    }

    @Test
    void sdksAcceptTheDsn() {
        JsonPath made = client.post(tenant.keys(), "{}", 201).jsonPath();

        assertThat(made.getString("public")).matches("[0-9a-f]{32}");
        assertThat(made.getString("dsn.public")).matches("https://\\w{32}@[a-z0-9.-]+/[0-9]+");
    }
}
