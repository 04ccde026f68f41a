package dev.countersign.auditlog;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.testsupport.Api;
import dev.countersign.testsupport.Poll;
import dev.countersign.testsupport.WithTenant;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** The entry that a change leaves in the audit log. */
@QuarkusTest
class AuditEntryTest extends WithTenant {

    @Test
    void entryHasSentrysMembers() {
        String id = tenant.newKey("""
                {"name":"Fabulous Key","rateLimit":{"window":60,"count":5}}""");
        Response response = log("?per_page=1");
        JsonPath entry = response.jsonPath().setRootPath("rows[0]");

        assertThat(entry.getString("id")).matches("[0-9]+");
        assertThat(entry.getMap("actor")).isEqualTo(Map.of("id", "operator", "name", "operator"));
        assertThat(entry.getString("event")).isEqualTo("projectkey.create");
        assertThat(entry.getString("note")).isEqualTo("added project key " + id);
        assertThat(entry.getString("dateCreated")).matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z");
        assertThat(entry.getMap("")).containsKeys("ipAddress", "targetUser", "targetObject");
        assertThat(entry.getMap("data")).containsEntry("before", null);
        assertThat(entry.<String, Object>getMap("data.after"))
                .containsEntry("label", "Fabulous Key")
                .containsEntry("public_key", id)
                .containsEntry("rate_limit_window", 60)
                .containsEntry("active", true);
        assertThat(response.jsonPath().getList("options")).contains("projectkey.create", "api-key.rotate", "org.edit");
        assertThat(response.header("Link")).contains("rel=\"next\"; results=\"true\"");
    }

    @Test
    void updateHoldsChangedMembersOnly() {
        String id = tenant.newKey("""
                {"name":"Before"}""");
        Api writer = tenant.apiKey("project:write");
        writer.put(tenant.key(id), """
                {"name":"After","rateLimit":{"window":60,"count":5}}""");

        JsonPath entry = log("?event=projectkey.edit").jsonPath().setRootPath("rows[0]");

        assertThat(entry.getString("actor.name"))
                .isEqualTo(writer.get("auth/").jsonPath().getString("id"));
        assertThat(entry.<String, Object>getMap("data.after"))
                .isEqualTo(Map.of("label", "After", "rate_limit_window", 60, "rate_limit_count", 5));
        assertThat(entry.<String, Object>getMap("data.before"))
                .containsOnlyKeys("label", "rate_limit_window", "rate_limit_count")
                .containsEntry("label", "Before")
                .containsEntry("rate_limit_window", null);
    }

    @Test
    void updateWithoutAChangeIsNoEvent() {
        String id = tenant.newKey("""
                {"name":"Same"}""");
        tenant.apiKey("project:write").put(tenant.key(id), """
                        {"name":"Same"}""").then().statusCode(200);

        assertThat(events("?event=projectkey.edit")).isEmpty();
    }

    @Test
    void removalHoldsTheFormerValues() {
        String id = tenant.newKey("""
                {"name":"Gone"}""");
        Api.operator().delete(tenant.key(id)).then().statusCode(204);

        JsonPath entry = log("?event=projectkey.remove").jsonPath().setRootPath("rows[0]");

        assertThat(entry.getString("actor.id")).isEqualTo("operator");
        assertThat(entry.getString("note")).isEqualTo("removed project key " + id);
        assertThat(entry.getString("data.before.label")).isEqualTo("Gone");
        assertThat(entry.getString("data.after")).isNull();
    }

    @Test
    void removalOfAProjectIsOneEvent() {
        tenant.newKey("{}");
        Api.operator().delete(tenant.path("projects/{o}/{p}/")).then().statusCode(204);

        assertThat(events("?per_page=2")).containsExactly("project.remove", "projectkey.create");
    }

    @Test
    void teamChangesAreEvents() {
        String team = tenant.path("teams/{o}/core/");
        String link = tenant.path("projects/{o}/{p}/teams/core/");
        Api admin = tenant.apiKey("project:admin", "team:admin");
        String name = admin.get("auth/").jsonPath().getString("id");
        admin.put(team, """
                {"name":"Core Team"}""").then().statusCode(200);
        admin.delete(link).then().statusCode(200);
        admin.post(link, "{}").then().statusCode(201);
        admin.post(link, "{}").then().statusCode(201);
        admin.delete(team).then().statusCode(204);

        assertThat(events("?actor=" + name))
                .containsExactly("team.remove", "project-team.add", "project-team.remove", "team.edit");
        assertThat(log("?event=project-team.remove").jsonPath().getString("rows[0].note"))
                .isEqualTo("removed team core of project pump-station");
    }

    @Test
    void projectAndOrganizationChangesAreEvents() {
        String project = tenant.path("projects/{o}/{p}/");
        Api.operator().put(project, """
                        {"slug":"renamed","resolveAge":5}""").then().statusCode(200);
        Api.operator().put(tenant.path("organizations/{o}/"), """
                        {"name":"Renamed"}""").then().statusCode(200);

        JsonPath rows = log("?per_page=2").jsonPath();

        assertThat(rows.getList("rows.event")).isEqualTo(List.of("org.edit", "project.edit"));
        assertThat(rows.<String, Object>getMap("rows[0].data.after")).isEqualTo(Map.of("name", "Renamed"));
        assertThat(rows.<String, Object>getMap("rows[1].data.after"))
                .isEqualTo(Map.of("slug", "renamed", "resolveAge", 5));
        assertThat(rows.<String, Object>getMap("rows[1].data.before")).isEqualTo(Map.of("slug", "pump-station"));
    }

    @Test
    void apiKeyChangesAreEvents() {
        String path = tenant.path("organizations/{o}/api-keys/");
        String id = Api.operator().post(path, """
                        {"label":"CI","scope_list":["project:read"]}""").jsonPath().getString("id");
        Api.operator().put(path + id + "/", """
                {"status":"disabled"}""").then().statusCode(200);
        Api.operator().post(path + id + "/rotate/", "{}").then().statusCode(200);
        Api.operator().delete(path + id + "/").then().statusCode(204);

        JsonPath rows = log("?per_page=4").jsonPath();

        assertThat(rows.getList("rows.event"))
                .isEqualTo(List.of("api-key.remove", "api-key.rotate", "api-key.edit", "api-key.create"));
        assertThat(rows.getString("rows[1].note")).isEqualTo("rotated api key CI");
        assertThat(rows.<String, Object>getMap("rows[2].data.after")).isEqualTo(Map.of("active", false));
        assertThat(rows.getString("rows[3].data.after.scopes")).isEqualTo("project:read");
    }

    @Test
    void useOfAnApiKeyIsNoEvent() {
        Api reader = tenant.apiKey("project:read");
        reader.get(tenant.keys()).then().statusCode(200);
        String apiKeys = tenant.path("organizations/{o}/api-keys/");

        assertThat(Poll.until(
                        () -> Api.operator().get(apiKeys).jsonPath().getString("[0].dateLastUsed"), Objects::nonNull))
                .isNotNull();
        assertThat(events("?per_page=1")).containsExactly("api-key.create");
    }

    @Test
    void noEntryHoldsASecret() {
        String secret = "0123456789abcdef".repeat(2);
        String key = tenant.newApiKey("project:read");
        tenant.newKey("""
                {"secret":"%s"}""".formatted(java.util.UUID.randomUUID().toString().replace("-", "")));
        String project = tenant.path("projects/{o}/{p}/");
        Api.operator().put(project, """
                        {"securityToken":"%s"}""".formatted(secret)).then().statusCode(200);
        String secretKey = Api.operator().get(tenant.keys()).jsonPath().getString("[0].secret");

        Response response = log("");

        assertThat(response.asString()).doesNotContain(secret, key, secretKey, "secret_key", "key_hash");
        assertThat(response.jsonPath().<String, Object>getMap("rows[0].data.after"))
                .isEqualTo(Map.of("securityToken", "***"));
    }

    private List<String> events(String query) {
        return log(query).jsonPath().getList("rows.event");
    }

    private Response log(String query) {
        Response response = Api.operator().get(path(query));
        assertThat(response.statusCode()).as(response.asString()).isEqualTo(200);
        return response;
    }

    private String path(String query) {
        return tenant.path("organizations/{o}/audit-logs/") + query;
    }
}
