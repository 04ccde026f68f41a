package dev.countersign.clients;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.testsupport.WithTenant;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import java.net.URI;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Requests of Sentry's {@code @sentry/mcp-server} 0.39.0 and 0.36.0, which check every answer against a schema. */
@QuarkusTest
class SentryMcpTest extends WithTenant {

    private static final String DATE = "\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z";

    private SentryClient client;

    @BeforeEach
    void createClient() {
        client = SentryClient.alwaysJson(tenant, "sentry-mcp/0.39.0 (https://mcp.sentry.dev)");
    }

    @Test
    void whoamiShowsTheCredential() {
        JsonPath user = client.get("auth/", 200).jsonPath();

        assertThat(user.<Object>get("id")).isInstanceOf(String.class);
        assertThat(user.<Object>get("name")).isInstanceOf(String.class);
        assertThat(user.<Object>get("email")).isInstanceOf(String.class);
    }

    @Test
    void organizationsAreFound() {
        JsonPath found = client.get("organizations/?per_page=26", 200).jsonPath();

        assertThat(found.getList("slug")).isEqualTo(java.util.List.of(tenant.organization()));
        assertThat(found.getString("[0].name")).isEqualTo("Test");
        assertThat(URI.create(found.getString("[0].links.organizationUrl")).isAbsolute())
                .isTrue();
        assertThat(URI.create(found.getString("[0].links.regionUrl")).isAbsolute())
                .isTrue();
    }

    @Test
    void teamsAndProjectsAreFound() {
        JsonPath teams = client.get(tenant.path("organizations/{o}/teams/?per_page=26"), 200)
                .jsonPath();
        JsonPath projects = client.get(tenant.path("organizations/{o}/projects/?per_page=26"), 200)
                .jsonPath();

        assertThat(teams.getString("[0].slug")).isEqualTo("core");
        assertThat(teams.<Object>get("[0].id")).isInstanceOf(String.class);
        assertThat(projects.getString("[0].slug")).isEqualTo("pump-station");
        assertThat(projects.getString("[0].platform")).isEqualTo("java");
        for (String flag : new String[] {"hasProfiles", "hasReplays", "hasLogs", "firstTransactionEvent"}) {
            assertThat(projects.<Object>get("[0]." + flag)).as(flag).isIn(null, true, false);
        }
    }

    @Test
    void dsnsAreFound() {
        JsonPath keys = client.get(tenant.keys(), 200).jsonPath();

        assertKey(keys, "[0].");
        assertThat(keys.getString("[0].name")).isEqualTo("Default");
    }

    @Test
    void dsnIsCreatedAndUpdated() {
        String id = client.post(tenant.keys(), """
                {"name":"Production"}""", 201).jsonPath().getString("id");

        JsonPath limited = client.put(tenant.key(id), """
                                {"name":"Renamed","rateLimit":{"window":3600,"count":500}}""", 200).jsonPath();
        assertKey(limited, "");
        assertThat(limited.getString("name")).isEqualTo("Renamed");
        assertThat(limited.<String, Integer>getMap("rateLimit")).isEqualTo(Map.of("window", 3600, "count", 500));
        assertThat(client.put(tenant.key(id), """
                {"isActive":false}""", 200).jsonPath().getBoolean("isActive"))
                .isFalse();
        assertThat(client.put(tenant.key(id), """
                {"rateLimit":null}""", 200).jsonPath().getMap("rateLimit"))
                .isNull();
        JsonPath loader = client.put(tenant.key(id), """
                                {"browserSdkVersion":"9.x","dynamicSdkLoaderOptions":{"hasReplay":false,
                                "hasDebug":true,"hasFeedback":true,"hasLogsAndMetrics":true}}""", 200).jsonPath();
        assertKey(loader, "");
        assertThat(loader.getString("browserSdkVersion")).isEqualTo("9.x");
        assertThat(loader.<String, Boolean>getMap("dynamicSdkLoaderOptions"))
                .isEqualTo(Map.of(
                        "hasReplay", false,
                        "hasPerformance", true,
                        "hasDebug", true,
                        "hasFeedback", true,
                        "hasLogsAndMetrics", true));
        assertThat(loader.getString("name")).isEqualTo("Renamed");
    }

    @Test
    void teamAndProjectAreCreatedAndUpdated() {
        String owner = tenant.organization();
        assertThat(client.post("organizations/" + owner + "/teams/", """
                {"name":"platform"}""", 201)
                        .jsonPath()
                        .getString("slug"))
                .isEqualTo("platform");
        assertThat(client.post("teams/" + owner + "/core/projects/", """
                                        {"name":"MCP Made","platform":"java"}""", 201)
                        .jsonPath()
                        .getString("slug"))
                .isEqualTo("mcp-made");
        JsonPath keys = client.get("projects/" + owner + "/mcp-made/keys/", 200).jsonPath();
        assertThat(keys.getList("name")).isEqualTo(java.util.List.of("Default"));
        assertKey(keys, "[0].");
        JsonPath renamed =
                client.put("projects/" + owner + "/mcp-made/", """
                                {"name":"MCP Renamed","slug":"mcp-renamed","platform":"python"}""", 200).jsonPath();
        assertThat(renamed.getString("slug")).isEqualTo("mcp-renamed");
        assertThat(renamed.getString("platform")).isEqualTo("python");
    }

    @Test
    void olderVersionCreatesASecondDefaultKey() {
        SentryClient older = SentryClient.alwaysJson(tenant, "sentry-mcp/0.36.0 (https://mcp.sentry.dev)");
        String keys = tenant.path("projects/{o}/mcp-made/keys/");
        older.post(tenant.path("teams/{o}/core/projects/"), """
                {"name":"MCP Made"}""", 201);

        assertKey(older.post(keys, """
                {"name":"Default"}""", 201).jsonPath(), "");
        assertThat(older.get(keys, 200).jsonPath().getList("name")).isEqualTo(java.util.List.of("Default", "Default"));
    }

    @Test
    void missingProjectIsExplainedInDetail() {
        assertThat(client.get(tenant.path("projects/{o}/does-not-exist/keys/"), 404)
                        .jsonPath()
                        .getString("detail"))
                .isEqualTo("The requested resource does not exist");
    }

    /** Asserts the members that the schema of a client key requires. */
    private static void assertKey(JsonPath json, String at) {
        assertThat(json.<Object>get(at + "id")).isInstanceOf(String.class);
        assertThat(json.<Object>get(at + "name")).isInstanceOf(String.class);
        assertThat(json.getString(at + "dsn.public")).matches("https://[0-9a-f]{32}@sentry\\.io/[0-9]+");
        assertThat(json.<Object>get(at + "isActive")).isInstanceOf(Boolean.class);
        assertThat(json.getString(at + "dateCreated")).matches(DATE);
        assertThat(json.<Object>get(at + "browserSdkVersion")).isInstanceOf(String.class);
        for (String option : new String[] {"hasReplay", "hasPerformance", "hasDebug"}) {
            assertThat(json.<Object>get(at + "dynamicSdkLoaderOptions." + option))
                    .isInstanceOf(Boolean.class);
        }
        Map<String, Object> limit = json.getMap(at + "rateLimit");
        if (limit != null) {
            assertThat(limit.get("window")).isInstanceOf(Integer.class);
            assertThat(limit.get("count")).isInstanceOf(Integer.class);
        }
    }
}
