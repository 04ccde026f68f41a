package dev.countersign.project;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.testsupport.Api;
import dev.countersign.testsupport.Tenant;
import dev.countersign.testsupport.WithTenant;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The project of one DSN is read by a statement of its own. Its answer is that of every other search. */
@QuarkusTest
class ProjectOfDsnTest extends WithTenant {

    private static final String[] LISTS = {"projects/", "organizations/{o}/projects/"};

    private String key;

    @BeforeEach
    void createKey() {
        key = tenant.newKey("{}");
    }

    @Test
    void pageIsThatOfASearchById() {
        assertSamePage();

        Api.operator().put(tenant.path("projects/{o}/{p}/"), """
                {"name":"\u00c9tang","platform":null,"resolveAge":5,"defaultRateLimit":{"window":60,"count":5}}""");
        Api.operator().put(tenant.path("organizations/{o}/"), """
                {"name":"Other"}""");
        assertSamePage();
    }

    @Test
    void teamsAreThoseOfASearchById() {
        for (String team : new String[] {"night", "day"}) {
            Api.operator().post(tenant.path("organizations/{o}/teams/"), """
                    {"slug":"%s"}""".formatted(team));
            Api.operator().post(tenant.path("projects/{o}/{p}/teams/" + team + "/"), "");
        }
        assertSamePage();
        assertThat(find("projects/?query=dsn:" + key).jsonPath().getList("[0].teams.slug"))
                .containsExactly("core", "day", "night");

        for (String team : new String[] {"core", "night", "day"}) {
            Api.operator().delete(tenant.path("projects/{o}/{p}/teams/" + team + "/"));
        }
        assertSamePage();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "dsn:%s&per_page=1",
                "dsn:%s&status=active",
                "dsn:%s&organizationId=",
                "dsn:%s%%20slug:pump-station",
                "dsn:%s%%20dsn:ffffffffffffffffffffffffffffffff",
                "dsn:%s&cursor=0:0:0"
            })
    void oneProjectIsFound(String query) {
        for (String list : LISTS) {
            assertThat(find(list + "?query=" + query.formatted(key)).jsonPath().getList("id", Long.class))
                    .as(list)
                    .containsExactly(tenant.projectId());
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "dsn:",
                "dsn:ffffffffffffffffffffffffffffffff",
                "dsn:%s0",
                "dsn:%s%%00",
                "dsn:%s%%20slug:other",
                "dsn:%s&cursor=0:1:0"
            })
    void noProjectIsFound(String query) {
        for (String list : LISTS) {
            Response page = find(list + "?query=" + query.formatted(key));

            assertThat(page.asString()).as(list).isEqualTo("[]");
            assertThat(page.header("Link")).as(list).contains("rel=\"next\"; results=\"false\"");
        }
    }

    @Test
    void aCallerFindsOnlyProjectsOfItsOrganization() {
        Tenant other = Tenant.create();
        Api stranger = other.apiKey("org:read", "project:read");

        assertThat(stranger.get("projects/?query=dsn:" + key).asString()).isEqualTo("[]");
        assertThat(stranger.get(tenant.path("organizations/{o}/projects/?query=dsn:" + key))
                        .statusCode())
                .isEqualTo(403);
        assertThat(find("organizations/" + other.organization() + "/projects/?query=dsn:" + key)
                        .asString())
                .isEqualTo("[]");
        assertThat(tenant.apiKey("project:read")
                        .get("projects/?query=dsn:" + key)
                        .jsonPath()
                        .getList("id", Long.class))
                .containsExactly(tenant.projectId());
    }

    private void assertSamePage() {
        for (String list : LISTS) {
            Response byDsn = find(list + "?query=dsn:" + key);
            Response byId = find(list + "?query=id:" + tenant.projectId());

            assertThat(byDsn.jsonPath().getList("$")).as(list).hasSize(1);
            assertThat(byDsn.asString()).as(list).isEqualTo(byId.asString());
            assertThat(byDsn.header("Link").replace("dsn%3A" + key, "id%3A" + tenant.projectId()))
                    .as(list)
                    .isEqualTo(byId.header("Link"));
        }
    }

    private Response find(String template) {
        Response response = Api.operator().get(tenant.path(template));
        assertThat(response.statusCode()).as(response.asString()).isEqualTo(200);
        return response;
    }
}
