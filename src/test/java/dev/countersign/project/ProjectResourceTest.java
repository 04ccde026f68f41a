package dev.countersign.project;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.testsupport.Api;
import dev.countersign.testsupport.Tenant;
import dev.countersign.testsupport.WithTenant;
import dev.countersign.testsupport.http.Client;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Projects, their settings and their teams. */
@QuarkusTest
class ProjectResourceTest extends WithTenant {

    private String path;
    private String projects;

    @BeforeEach
    void setPaths() {
        path = "projects/" + tenant.organization() + "/pump-station/";
        projects = "teams/" + tenant.organization() + "/core/projects/";
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
                .get("projects/" + tenant.organization() + "/mcp-made/keys/")
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
    void settingsAreReadBack() {
        String body = """
                {"name":"Renamed","platform":"python","digestsMinDelay":600,"digestsMaxDelay":1200,
                "resolveAge":720,"allowedDomains":["example.com"],"scrapeJavaScript":false,
                "securityToken":"abc","securityTokenHeader":"X-Token","verifySSL":true,"highlightTags":["a"],
                "fingerprintingRules":"x","groupingEnhancements":"y",
                "options":{"filters:blacklisted_ips":"127.0.0.1","filters:react-hydration-errors":false}}""";

        Response updated = Api.operator().put(path, body);

        assertThat(updated.statusCode()).as(updated.asString()).isEqualTo(200);
        var project = Api.operator().get(path).jsonPath();
        assertThat(project.getMap("$"))
                .containsAllEntriesOf(Map.of(
                        "name",
                        "Renamed",
                        "platform",
                        "python",
                        "digestsMinDelay",
                        600,
                        "digestsMaxDelay",
                        1200,
                        "resolveAge",
                        720,
                        "allowedDomains",
                        List.of("example.com"),
                        "scrapeJavaScript",
                        false,
                        "securityToken",
                        "abc",
                        "securityTokenHeader",
                        "X-Token",
                        "verifySSL",
                        true));
        assertThat(project.getMap("options"))
                .containsEntry("filters:blacklisted_ips", "127.0.0.1")
                .containsEntry("filters:releases", "")
                .containsEntry("filters:error_messages", "")
                .containsEntry("filters:react-hydration-errors", false);
        assertThat(project.getString("slug")).isEqualTo("pump-station");
    }

    @Test
    void defaultSettingsAreTerraforms() {
        assertThat(Api.operator().get(path).jsonPath().getMap("$"))
                .containsAllEntriesOf(Map.of(
                        "digestsMinDelay",
                        300,
                        "digestsMaxDelay",
                        1800,
                        "resolveAge",
                        0,
                        "allowedDomains",
                        List.of("*"),
                        "scrapeJavaScript",
                        true,
                        "verifySSL",
                        false));
    }

    @Test
    void optionsAreMerged() {
        Api.operator().put(path, """
                {"options":{"filters:releases":"1.*"}}""");
        Api.operator().put(path, """
                {"options":{"filters:error_messages":"boom"}}""");

        assertThat(Api.operator().get(path).jsonPath().getMap("options"))
                .containsEntry("filters:releases", "1.*")
                .containsEntry("filters:error_messages", "boom");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    {"digestsMinDelay":1}
                    {"resolveAge":721}
                    {"allowedDomains":"x"}
                    {"verifySSL":"maybe"}
                    {"options":5}
                    {"options":{"filters:releases":"\\u0000"}}
                    {"securityToken":"\\u0000"}
                    """)
    void invalidSettingIsRefusedAndNothingChanges(String body) {
        String before = Api.operator().get(path).asString();

        assertThat(Api.operator().put(path, body).statusCode()).isEqualTo(400);
        assertThat(Api.operator().get(path).asString()).isEqualTo(before);
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

    @Test
    void projectJoinsAndLeavesTeams() {
        Api.operator().post("organizations/" + tenant.organization() + "/teams/", """
                {"slug":"second"}""");

        Response added = Api.operator().send("POST", path + "teams/second/");
        Response again = Api.operator().send("POST", path + "teams/second/");
        Response listed = Api.operator().get(path + "teams/");
        Response removed = Api.operator().delete(path + "teams/core/");

        assertThat(added.statusCode()).isEqualTo(201);
        assertThat(again.statusCode()).isEqualTo(201);
        assertThat(listed.jsonPath().getList("slug")).containsExactly("core", "second");
        assertThat(removed.statusCode()).isEqualTo(200);
        assertThat(removed.jsonPath().getList("teams.slug")).containsExactly("second");
        assertThat(Api.operator()
                        .get("teams/" + tenant.organization() + "/second/projects/")
                        .jsonPath()
                        .getList("slug"))
                .containsExactly("pump-station");
        assertThat(Api.operator().send("POST", path + "teams/nope/").asString()).isEqualTo("""
                        {"detail":"Team does not exist."}""");
    }

    @Test
    void projectWithoutATeamGetsATeamOfItsCreator() {
        Response created =
                tenant.apiKey("project:write").post("organizations/" + tenant.organization() + "/projects/", """
                        {"name":"No Team"}""");
        Response refused =
                tenant.apiKey("project:read").post("organizations/" + tenant.organization() + "/projects/", """
                        {"name":"No Team"}""");

        assertThat(created.statusCode()).isEqualTo(201);
        assertThat(created.jsonPath().getString("team_slug"))
                .startsWith("team-api-key-")
                .isEqualTo(created.jsonPath().getString("team.slug"));
        assertThat(refused.statusCode()).isEqualTo(403);
        assertThat(refused.jsonPath().getString("detail"))
                .isEqualTo("Your organization has disabled this feature for members.");
    }

    @Test
    void refusedProjectCreatesNoTeam() {
        Response refused =
                tenant.apiKey("project:write").post("organizations/" + tenant.organization() + "/projects/", """
                                {"name":"Other","slug":"pump-station"}""");

        assertThat(refused.statusCode()).isEqualTo(409);
        assertThat(Api.operator()
                        .get("organizations/" + tenant.organization() + "/teams/")
                        .jsonPath()
                        .getList("slug"))
                .containsExactly("core");
        assertThat(Api.operator()
                        .get("organizations/" + tenant.organization() + "/audit-logs/?per_page=1")
                        .jsonPath()
                        .getList("rows.event"))
                .containsExactly("api-key.create");
    }

    /** All of them want the team of their creator, and nobody has made it yet. */
    @Test
    void concurrentProjectsShareTheTeamOfTheirCreator() {
        String token = tenant.newApiKey("project:write");
        String list = Api.url("organizations/" + tenant.organization() + "/projects/");
        Client client = Api.operator().client(Duration.ofSeconds(30));
        var answers = IntStream.range(0, 8)
                .mapToObj(i -> client.send("POST", list, """
                        {"name":"Together"}""", token))
                .toList();

        assertThat(answers).extracting(answer -> answer.join().statusCode()).containsOnly(201);
        assertThat(answers)
                .extracting(answer -> JsonPath.from(answer.join().body()).getString("team.id"))
                .containsOnly(JsonPath.from(answers.get(0).join().body()).getString("team.id"));
    }

    @Test
    void settingsOfAProjectAreBoundedTogether() {
        Response refused = Api.operator().put(path, """
                {"subjectPrefix":"y","options":{%s}}""".formatted(options(7)));

        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(refused.jsonPath().getString("options[0]"))
                .matches(
                        "The settings of a project may take 65536 bytes together. With this change they take 70\\d{3}.");
        assertThat(Api.operator().get(path).jsonPath().getString("subjectPrefix"))
                .isEmpty();
        assertThat(Api.operator().put(path, """
                                {"options":{%s}}""".formatted(options(6))).statusCode())
                .isEqualTo(200);
        assertThat(Api.operator()
                        .put(path, """
                                {"groupingEnhancements":"%s"}""".formatted("\u00fc".repeat(4_000)))
                        .jsonPath()
                        .getString("groupingEnhancements[0]"))
                .startsWith("The settings of a project may take 65536 bytes together.");
    }

    private static String options(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> "\"option-" + i + "\":\"" + "x".repeat(9_990) + "\"")
                .collect(Collectors.joining(","));
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
                .get("organizations/" + tenant.organization() + "/projects/?all_projects=1&query="
                        + query.replace(" ", "%20"));

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
        String list = "organizations/" + tenant.organization() + "/projects/?per_page=2";

        Response first = Api.operator().get(list);
        Response second = Api.operator().get(list + "&cursor=" + cursor(first, "next"));
        Response back = Api.operator().get(list + "&cursor=" + cursor(second, "previous"));

        assertThat(first.jsonPath().getList("slug")).containsExactly("alpha", "bravo");
        assertThat(second.jsonPath().getList("slug")).containsExactly("charlie", "delta");
        assertThat(back.jsonPath().getList("slug")).containsExactly("alpha", "bravo");
    }

    private static String cursor(Response response, String relation) {
        return response.header("Link")
                .replaceAll(".*rel=\"" + relation + "\"; results=\"[a-z]+\"; cursor=\"([^\"]+)\".*", "$1");
    }
}
