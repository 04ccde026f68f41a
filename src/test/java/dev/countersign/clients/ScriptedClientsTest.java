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

/**
 * Requests of Sentry's {@code @sentry/api} 0.1.0, Backstage's scaffolder actions 0.4.0, Alchemy 0.94.0 and {@code
 * @sentry/wizard} 8.0.0.
 */
@QuarkusTest
class ScriptedClientsTest extends WithTenant {

    private SentryClient sentryApi;
    private SentryClient backstage;

    @BeforeEach
    void createClients() {
        sentryApi = SentryClient.of(tenant, "node");
        backstage = SentryClient.alwaysJson(tenant, "node");
    }

    @Test
    void sentryApiCreatesUpdatesAndDeletesAKey() {
        JsonPath made = sentryApi.post(tenant.keys(), """
                                {"name":"sdk","rateLimit":{"window":60,"count":10},"useCase":"user"}""", 201).jsonPath();
        String path = tenant.key(made.getString("id"));

        assertThat(made.<String, Integer>getMap("rateLimit")).isEqualTo(Map.of("window", 60, "count", 10));
        assertThat(made.getMap("")).doesNotContainKey("useCase");
        assertThat(sentryApi.get(path, 200).jsonPath().getMap("")).isEqualTo(made.getMap(""));
        JsonPath changed = sentryApi.put(path, """
                                {"name":"sdk2","isActive":false,"rateLimit":null,"browserSdkVersion":"latest",
                                "dynamicSdkLoaderOptions":{"hasReplay":true,"hasPerformance":false,
                                "hasDebug":false}}""", 200).jsonPath();
        assertThat(changed.getString("name")).isEqualTo("sdk2");
        assertThat(changed.getBoolean("isActive")).isFalse();
        assertThat(changed.getMap("rateLimit")).isNull();
        assertThat(changed.getString("browserSdkVersion")).isEqualTo("latest");
        sentryApi.delete(path, 204);
        sentryApi.get(path, 404);
    }

    @Test
    void sentryApiListsKeys() {
        tenant.newKey("""
                {"name":"Inactive","isActive":false}""");
        String all = tenant.path("organizations/{o}/project-keys/");
        JsonPath other = sentryApi
                .post(tenant.path("teams/{o}/core/projects/"), """
                                {"name":"sdkproj","platform":"java","default_rules":false}""", 201)
                .jsonPath();

        assertThat(sentryApi
                        .get(tenant.keys() + "?status=active&cursor=0%3A0%3A0", 200)
                        .jsonPath()
                        .getList("name"))
                .isEqualTo(List.of("Default"));
        assertThat(sentryApi
                        .get(all + "?status=active&project=" + tenant.projectId() + "&team=core", 200)
                        .jsonPath()
                        .getList("projectId", Long.class))
                .containsOnly(tenant.projectId());
        assertThat(sentryApi
                        .get(all + "?project=" + tenant.projectId() + "&project=" + other.getLong("id"), 200)
                        .jsonPath()
                        .getList("projectId", Long.class))
                .contains(tenant.projectId(), other.getLong("id"));
        assertThat(sentryApi
                        .get(tenant.path("organizations/{o}/projects/"), 200)
                        .jsonPath()
                        .getList("slug"))
                .isEqualTo(List.of("pump-station", "sdkproj"));
        assertThat(sentryApi.get("organizations/", 200).jsonPath().getList("slug"))
                .isEqualTo(List.of(tenant.organization()));
    }

    @Test
    void backstageCreatesAProjectAndTakesTheFirstDsn() {
        JsonPath made = backstage
                .post(tenant.path("teams/{o}/core/projects/"), """
                                {"name":"bs-made","platform":"java"}""", 201)
                .jsonPath();
        JsonPath keys =
                backstage.get(tenant.path("projects/{o}/bs-made/keys/"), 200).jsonPath();

        assertThat(made.<Object>get("id")).isInstanceOf(String.class);
        assertThat(keys.getString("[0].dsn.public"))
                .matches("https://[0-9a-f]{32}@sentry\\.io/" + made.getString("id"));
        backstage.get(tenant.path("projects/{o}/nope/keys/"), 404);
    }

    @Test
    void alchemySendsUnknownMembersAndNoTrailingSlash() {
        String body = """
                        {"organization":"%s","project":"pump-station","name":"alchemy","adopt":true,
                        "rateLimit":{"window":60,"count":5},"isActive":true,"useCase":"user",
                        "baseUrl":"https://sentry.io","authToken":null}""".formatted(tenant.organization());
        JsonPath made = sentryApi.post(tenant.keys(), body, 201).jsonPath();
        String path = tenant.keys() + made.getString("id");

        assertThat(made.getString("name")).isEqualTo("alchemy");
        assertThat(sentryApi.get(path, 200).jsonPath().getString("id")).isEqualTo(made.getString("id"));
        assertThat(sentryApi
                        .put(path + "/", body.replace("true,\"useCase", "false,\"useCase"), 200)
                        .jsonPath()
                        .getBoolean("isActive"))
                .isFalse();
        assertThat(sentryApi.get(tenant.keys(), 200).jsonPath().getList("name")).contains("alchemy");
        sentryApi.delete(path, 204);
    }

    @Test
    void wizardPollsUntilItIsApproved() {
        SentryClient wizard = new SentryClient(Api.anonymous(), Map.of("User-Agent", "axios/1.19.0"), Map.of());
        String hash = wizard.get("wizard/", 200).jsonPath().getString("hash");
        wizard.get("wizard/" + hash + "/", 400);
        sentryApi.post(tenant.path("projects/{o}/pump-station/wizard/") + hash + "/", "", 201);
        Response handed = wizard.get("wizard/" + hash + "/", 200);
        wizard.delete("wizard/" + hash + "/", 200);

        assertThat(handed.jsonPath().getString("apiKeys.token")).isNotEmpty();
        assertThat(handed.jsonPath().getString("projects[0].keys[0].dsn.public"))
                .isNotEmpty();
        assertThat(handed.jsonPath().getString("projects[0].organization.slug")).isEqualTo(tenant.organization());
        assertThat(handed.jsonPath().getString("projects[0].slug")).isEqualTo("pump-station");
    }
}
