package dev.countersign.project;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.testsupport.Api;
import dev.countersign.testsupport.Tenant;
import dev.countersign.testsupport.WithTenant;
import dev.countersign.testsupport.http.Link;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Projects: create, find, list and remove. */
@QuarkusTest
class ProjectResourceTest extends WithTenant {

    private String path;
    private String projects;

    @BeforeEach
    void setPaths() {
        path = tenant.path("projects/{o}/pump-station/");
        projects = tenant.path("teams/{o}/core/projects/");
    }

    @Test
    void newProjectHasTheMembersThatClientsRead() {
        Response response = Api.operator().post(projects, """
                        {"name":"MCP Made","platform":"java","default_rules":false}""");

        assertThat(response.statusCode()).isEqualTo(201);
        var project = response.jsonPath();
        assertThat(project.getString("id")).matches("[0-9]+");
        assertThat(project.getString("slug")).isEqualTo("mcp-made");
        assertThat(project.getString("name")).isEqualTo("MCP Made");
        assertThat(project.getString("platform")).isEqualTo("java");
        assertThat(project.getString("organization.slug")).isEqualTo(tenant.organization());
        assertThat(project.getString("team.slug")).isEqualTo("core");
        assertThat(project.getList("teams.slug")).containsExactly("core");
        assertThat(project.getList("features")).isEmpty();
        List<String> keys = Api.operator()
                .get(tenant.path("projects/{o}/mcp-made/keys/"))
                .jsonPath()
                .getList("name");
        assertThat(keys).containsExactly("Default");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
                    {} | {"name":["This field is required."]}
                    {"name":""} | {"name":["This field may not be blank."]}
                    {"name":"teams"} | {"name":["The name \\"teams\\" is reserved and not allowed."]}
                    {"name":"x","slug":"auth"} | {"slug":["The slug \\"auth\\" is reserved and not allowed."]}
                    {"name":"x","slug":"123"} | {"slug":["Enter a valid slug consisting of lowercase letters, \
                    numbers, underscores or hyphens. It cannot be entirely numeric."]}
                    {"name":"x","slug":"Upper"} | {"slug":["Enter a valid slug consisting of lowercase letters, \
                    numbers, underscores or hyphens. It cannot be entirely numeric."]}
                    {"name":"x","platform":"no such"} | {"platform":["Invalid platform"]}
                    """)
    void invalidProjectIsRefused(String body, String expected) {
        Response response = Api.operator().post(projects, body);

        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(response.asString()).isEqualTo(expected);
    }

    @Test
    void takenSlugIsAConflictAndGeneratedSlugIsNot() {
        Response conflict = Api.operator().post(projects, """
                {"name":"x","slug":"pump-station"}""");
        Response generated = Api.operator().post(projects, """
                {"name":"Pump Station"}""");

        assertThat(conflict.statusCode()).isEqualTo(409);
        assertThat(conflict.asString()).isEqualTo("""
                {"detail":"A project with this slug already exists."}""");
        assertThat(generated.jsonPath().getString("slug")).matches("pump-station-[a-z0-9]{2,12}");
    }

    @Test
    void removedProjectLosesItsKeys() {
        String key = tenant.newKey("{}");

        assertThat(Api.operator().delete(path).statusCode()).isEqualTo(204);

        assertThat(Api.operator().get(path).statusCode()).isEqualTo(404);
        assertThat(Api.operator().get(tenant.key(key)).statusCode()).isEqualTo(404);
        assertThat(Api.operator().delete(path).statusCode()).isEqualTo(404);
        assertThat(Api.operator().post(projects, """
                                {"name":"Pump Station"}""").jsonPath().getString("slug"))
                .isEqualTo("pump-station");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "slug:pump-station, pump-station",
        "pump, pump-station",
        "station pump, ''",
        "platform:java, pump-station",
        "platform:go, ''",
        "name:other, other",
        "team:core, 'other,pump-station'",
        "!team:core, ''",
        "bogus:x, ''",
        "%00, ''",
        "'', 'other,pump-station'"
    })
    void projectsAreFoundByQuery(String query, String slugs) {
        Api.operator().post(projects, """
                {"name":"Other"}""");

        Response response = Api.operator()
                .get(tenant.path("organizations/{o}/projects/?all_projects=1&query=") + query.replace(" ", "%20"));

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(String.join(",", response.jsonPath().<String>getList("slug")))
                .isEqualTo(slugs);
    }

    @Test
    void projectIsFoundByTheKeyOfItsDsn() {
        String key = tenant.newKey("{}");

        assertThat(Api.operator().get("projects/?query=dsn%3A" + key).jsonPath().getList("id"))
                .containsExactly(Long.toString(tenant.projectId()));
        assertThat(Tenant.create()
                        .apiKey("project:read")
                        .get("projects/?query=dsn%3A" + key)
                        .asString())
                .isEqualTo("[]");
        assertThat(Api.operator()
                        .get("projects/?query=id:" + tenant.projectId())
                        .jsonPath()
                        .getList("slug"))
                .containsExactly("pump-station");
        assertThat(Api.operator().get("projects/?query=id:x").asString()).isEqualTo("""
                        {"detail":"Invalid project ID: x"}""");
    }

    @Test
    void listsBySlugArePagedBothWays() {
        for (String name : List.of("delta", "alpha", "charlie", "bravo")) {
            Api.operator().post(projects, """
                    {"name":"%s"}""".formatted(name));
        }
        String list = tenant.path("organizations/{o}/projects/?per_page=2");

        Response first = Api.operator().get(list);
        Response second = Api.operator().get(list + "&cursor=" + cursor(first, "next"));
        Response back = Api.operator().get(list + "&cursor=" + cursor(second, "previous"));

        assertThat(first.jsonPath().getList("slug")).containsExactly("alpha", "bravo");
        assertThat(second.jsonPath().getList("slug")).containsExactly("charlie", "delta");
        assertThat(back.jsonPath().getList("slug")).containsExactly("alpha", "bravo");
    }

    private static String cursor(Response response, String relation) {
        return new Link(response.header("Link")).cursor(relation);
    }
}
