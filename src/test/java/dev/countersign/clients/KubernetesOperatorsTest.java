package dev.countersign.clients;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.testsupport.Api;
import dev.countersign.testsupport.WithTenant;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Two operators that make projects and keys in Sentry and write DSNs in Secrets: agjmills/sentry-operator 1.2.5 (scopes {@code
 * project:read} and {@code project:write}) and jace-ys/sentry-operator of 2021. Both decode answers into Go types, so that a
 * member of another type is a failure.
 */
@QuarkusTest
class KubernetesOperatorsTest extends WithTenant {

    private static final Map<String, String> GO =
            Map.of("User-Agent", "Go-http-client/1.1", "Accept-Encoding", "identity");

    private SentryClient agjmills;
    private SentryClient jaceYs;

    @BeforeEach
    void createClients() {
        agjmills = new SentryClient(tenant.apiKey("project:read", "project:write"), GO, Map.of());
        Map<String, String> json = Map.of("Content-Type", "application/json", "Accept", "application/json");
        jaceYs = new SentryClient(tenant.apiKey("project:admin", "team:admin", "org:read"), GO, json);
    }

    @Test
    void agjmillsMakesAProjectThatIsMissing() {
        String project = "projects/" + tenant.organization() + "/shop/";
        agjmills.get(project, 404);
        JsonPath made = agjmills.post("teams/" + tenant.organization() + "/core/projects/", """
                        {"name":"shop","platform":"","slug":"shop"}
                        """, 201)
                .jsonPath();

        assertThat(made.<Object>get("id")).isInstanceOf(String.class);
        assertThat(made.getString("slug")).isEqualTo("shop");
        assertThat(agjmills.get(project, 200).jsonPath().getString("slug")).isEqualTo("shop");
        assertThat(agjmills.get(project + "keys/", 200).jsonPath().getString("[0].dsn.public"))
                .as("the Secret without a list of keys")
                .startsWith("https://");
    }

    /** A key that was renamed is found by its id, the others by their label. */
    @Test
    void agjmillsMakesTheKeysOfItsSpecAndKeepsThem() {
        JsonPath made = agjmills.post(tenant.keys(), """
                {"name":"backend"}
                """, 201).jsonPath();
        String id = made.getString("id");
        JsonPath limited = agjmills.put(tenant.key(id), """
                {"rateLimit":{"count":500,"window":3600}}
                """, 200).jsonPath();
        Api.operator().put(tenant.key(id), "{\"name\":\"renamed by hand\"}");
        JsonPath listed = agjmills.get(tenant.keys(), 200).jsonPath();

        assertThat(made.getString("label")).isEqualTo("backend");
        assertThat(limited.<String, Integer>getMap("rateLimit")).isEqualTo(Map.of("window", 3600, "count", 500));
        assertThat(listed.getString("find { it.id == '" + id + "' }.dsn.public"))
                .isEqualTo(made.getString("dsn.public"));
        assertThat(listed.getList("label")).isEqualTo(List.of("renamed by hand", "Default"));
        assertThat(agjmills.put(tenant.key(id), """
                {"rateLimit":{"count":0,"window":0}}
                """, 200).jsonPath().getMap("rateLimit"))
                .as("a limit of 0 and 0 takes the limit away")
                .isNull();
    }

    @Test
    void agjmillsTakesAMissingProjectForRemoved() {
        new SentryClient(tenant.apiKey("project:admin"), GO, Map.of())
                .delete("projects/" + tenant.organization() + "/gone/", 404);
    }

    @Test
    void jaceYsKeepsATeam() {
        String teams = "organizations/" + tenant.organization() + "/teams/";
        JsonPath made = jaceYs.post(teams, """
                {"name":"Payments","slug":"payments"}
                """, 201).jsonPath();
        JsonPath listed = jaceYs.get(teams, 200).jsonPath();
        String team = "teams/" + tenant.organization() + "/payments/";

        assertThat(made.<Object>get("id")).isInstanceOf(String.class);
        assertThat(made.getString("dateCreated")).endsWith("Z");
        assertThat(made.<Object>get("memberCount")).isInstanceOf(Integer.class);
        assertThat(listed.getList("id")).contains(made.getString("id"));
        assertThat(jaceYs.put(team, """
                {"name":"Payments 2","slug":"payments"}
                """, 200).jsonPath().getString("name")).isEqualTo("Payments 2");
        jaceYs.delete(team, 204);
    }

    @Test
    void jaceYsKeepsAProject() {
        String projects = "teams/" + tenant.organization() + "/core/projects/";
        JsonPath made = jaceYs.post(projects, """
                {"name":"Shop","slug":"shop"}
                """, 201).jsonPath();
        JsonPath listed = jaceYs.get(projects, 200).jsonPath();
        JsonPath changed = jaceYs.put("projects/" + tenant.organization() + "/shop/", """
                {"name":"Shop 2","slug":"shop-2"}
                """, 200)
                .jsonPath();

        assertIsAProject(made.getMap(""));
        assertThat(listed.<Map<String, Object>>getList("")).allSatisfy(KubernetesOperatorsTest::assertIsAProject);
        assertThat(listed.getList("id")).contains(made.getString("id"));
        assertThat(changed.getString("slug")).isEqualTo("shop-2");
        assertThat(changed.getString("id")).isEqualTo(made.getString("id"));
        jaceYs.delete("projects/" + tenant.organization() + "/shop-2/", 204);
    }

    /** The operator reads {@code rel}, {@code results} and {@code cursor} in this order, and ends without a next page. */
    @Test
    void jaceYsKeepsAKey() {
        String projects = "organizations/" + tenant.organization() + "/projects/";
        JsonPath made = jaceYs.post(tenant.keys(), """
                {"name":"web"}
                """, 201).jsonPath();
        String key = tenant.key(made.getString("id"));

        assertThat(made.<Object>get("projectId")).isInstanceOf(Integer.class);
        assertThat(made.getString("dateCreated")).endsWith("Z");
        assertThat(made.getList("browserSdk.choices")).allMatch(choice -> choice instanceof List<?>);
        assertThat(made.<String, Object>getMap("dsn"))
                .containsKeys("cdn", "csp", "minidump", "public", "secret", "security");
        assertThat(jaceYs.get(projects, 200).jsonPath().getList("id"))
                .contains(String.valueOf(made.getInt("projectId")));
        for (String list : List.of(projects, tenant.keys())) {
            assertThat(jaceYs.get(list, 200).header("Link"))
                    .as(list)
                    .matches("<[^;,]+>; rel=\"previous\"; results=\"false\"; cursor=\"[^;,]+\", "
                            + "<[^;,]+>; rel=\"next\"; results=\"false\"; cursor=\"[^;,]+\"");
        }
        assertThat(jaceYs.put(key, """
                {"name":"web 2"}
                """, 200).jsonPath().getString("dsn.public"))
                .isEqualTo(made.getString("dsn.public"));
        jaceYs.delete(key, 204);
        assertThat(jaceYs.delete(key, 404).jsonPath().getMap("")).containsOnlyKeys("detail");
    }

    private static void assertIsAProject(Map<String, Object> project) {
        assertThat(project.get("id")).isInstanceOf(String.class);
        assertThat(project.get("status")).isInstanceOf(String.class);
        assertThat(project.get("features")).isInstanceOf(List.class);
        assertThat(project.get("dateCreated").toString()).endsWith("Z");
        for (String flag : List.of("hasAccess", "isBookmarked", "isInternal", "isMember", "isPublic")) {
            assertThat(project.get(flag)).as(flag).isInstanceOf(Boolean.class);
        }
    }
}
