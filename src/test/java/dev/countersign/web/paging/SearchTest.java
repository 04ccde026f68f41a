package dev.countersign.web.paging;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.testsupport.Api;
import dev.countersign.testsupport.WithTenant;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Search and filter parameters of lists, as Sentry documents them. */
@QuarkusTest
class SearchTest extends WithTenant {

    private Api caller;
    private String organizationId;
    private String teamId;

    @BeforeEach
    void createTeamAndProject() {
        caller = tenant.apiKey("org:read", "project:read", "team:read");
        Api.operator().post(path("organizations/{o}/teams/"), """
                {"name":"Night Shift","slug":"night"}""");
        Api.operator().post(path("teams/{o}/core/projects/"), """
                                {"name":"Lone Lamp","slug":"lamp","platform":"go"}""");
        Api.operator().delete(path("projects/{o}/lamp/teams/core/"));
        organizationId = caller.get(path("organizations/{o}/")).jsonPath().getString("id");
        teamId = caller.get(path("teams/{o}/core/")).jsonPath().getString("id");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    "pump station" | pump-station
                    PUMP stat | pump-station
                    (slug:pump-station) | pump-station
                    slug:PUMP-station | pump-station
                    pump AND station | pump-station
                    slug:pump-station OR slug:lamp | lamp,pump-station
                    name:"lone lamp" | lamp
                    platform:GO | lamp
                    is_member:1 | pump-station
                    team:core | pump-station
                    !team:core | lamp
                    query:pump | pump-station
                    team:#core | ``
                    team:core,night | ``
                    slug: pump-station | ``
                    slug:'pump-station' | ``
                    slug:pump* | ``
                    bogus:x | ``
                    (:pump | ``
                    a\0b | ``
                    """)
    void projectsAreFoundByQuery(String query, String slugs) {
        assertThat(slugs("organizations/{o}/projects/?query=" + encode(query))).isEqualTo(slugs);
        assertThat(slugs("projects/?query=" + encode(query)).split(",")).containsExactlyInAnyOrder(slugs.split(","));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "status=active, 2",
        "status=, 2",
        "status=deleted, 0",
        "status=bogus, 0",
        "organizationId={id}, 2",
        "organizationId=1{id}, 0",
        "query=lamp&query=pump, 1",
        "query=bogus:x&query=, 2"
    })
    void projectsOfAllOrganizationsAreFiltered(String query, int count) {
        String parameters = query.replace("{id}", organizationId);

        assertThat(caller.get("projects/?" + parameters).jsonPath().getList("$"))
                .hasSize(count);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    slug:night | night
                    slug:night slug:core | core,night
                    id:{id} | core
                    "night shift" | night
                    SHIFT | night
                    hasExternalTeams:true | ``
                    hasExternalTeams:false | core,night
                    bogus:x | ``
                    slug:ni\0ght | ``
                    """)
    void teamsAreFoundByQuery(String query, String slugs) {
        assertThat(slugs("organizations/{o}/teams/?query=" + encode(query.replace("{id}", teamId))))
                .isEqualTo(slugs);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "slug:{o} | 1",
                "id:{id} | 1",
                "test slug:{o} | 1",
                "status:active slug:{o} | 1",
                "status:pending_deletion slug:{o} | 0",
                "status:pending_deletion status:ACTIVE slug:{o} | 1",
                "status:visible slug:{o} | 1",
                "status:active status:bogus slug:{o} | 0",
                "(slug:{o} AND status:active) OR (query:test) | 1",
                "platform:go slug:{o} | 1",
                "platform:rust slug:{o} | 0",
                "nothing-like-it slug:{o} | 0",
                "email:a@example.com slug:{o} | 0",
                "member_id:1 slug:{o} | 0"
            })
    void organizationsAreFoundByQuery(String query, int count) {
        String search = query.replace("{o}", tenant.organization()).replace("{id}", organizationId);

        assertThat(Api.operator()
                        .get("organizations/?query=" + encode(search))
                        .jsonPath()
                        .getList("$"))
                .hasSize(count);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "organizations/?query=id:x | Invalid id value",
                "organizations/{o}/teams/?query=id:x | Invalid id value",
                "organizations/{o}/projects/?query=id:x | Invalid project ID: x",
                "projects/?organizationId=x | Invalid organization ID: x",
                "projects/?per_page=2147483648 | Invalid per_page value. Cannot exceed 100.",
                "projects/?per_page=-99999999999999999999 | Invalid per_page value. Must be at least 1.",
                "projects/?per_page=5&per_page=a | Invalid per_page parameter.",
                "projects/?cursor=&cursor=a | Invalid cursor parameter."
            })
    void invalidParameterIsRefused(String template, String detail) {
        Response response = caller.get(path(template));

        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(response.jsonPath().getString("detail")).isEqualTo(detail);
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(
            strings = {
                "projects/?per_page=a&per_page=1",
                "projects/{o}/pump-station/keys/?status=inactive&status=active&per_page=1",
                "organizations/{o}/project-keys/?team=nope&team=core&per_page=1",
                "organizations/{o}/teams/?cursor=x&cursor=&per_page=1"
            })
    void lastOfRepeatedParametersCounts(String template) {
        Response response = caller.get(path(template));

        assertThat(response.statusCode()).as(response.asString()).isEqualTo(200);
        assertThat(response.jsonPath().getList("$")).hasSize(1);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "python-fastapi, 201",
        "node-hono, 201",
        "other, 201",
        "'', 201",
        "no-such-platform, 400",
        "cocoa-swift, 400",
        "nintendo-switch-2, 400",
        "Java, 400"
    })
    void platformIsOneOfSentrys(String platform, int status) {
        Response response = Api.operator().post(path("teams/{o}/core/projects/"), """
                        {"name":"x","platform":"%s"}""".formatted(platform));

        assertThat(response.statusCode()).as(response.asString()).isEqualTo(status);
        if (status == 400) {
            assertThat(response.asString()).isEqualTo("""
                    {"platform":["Invalid platform"]}""");
        }
    }

    private String slugs(String template) {
        Response response = caller.get(path(template));
        assertThat(response.statusCode()).as(response.asString()).isEqualTo(200);
        return String.join(",", response.jsonPath().<String>getList("slug"));
    }

    private String path(String template) {
        return tenant.path(template);
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
