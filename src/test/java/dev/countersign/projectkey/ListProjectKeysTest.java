package dev.countersign.projectkey;

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
import org.junit.jupiter.params.provider.ValueSource;

/** The client keys of a project and of an organization. */
@QuarkusTest
class ListProjectKeysTest extends WithTenant {

    @BeforeEach
    void createKeys() {
        tenant.newKey("""
                {"name":"on"}""");
        tenant.newKey("""
                {"name":"off","isActive":false}""");
    }

    @ParameterizedTest(name = "status={0}")
    @CsvSource({"'', 'off,on,Default'", "active, 'on,Default'", "inactive, 'off'", "bogus, ''", "ACTIVE, ''"})
    void keysAreListedByStatus(String status, String names) {
        Response ofProject = Api.operator().get(tenant.keys() + "?status=" + status);
        Response ofOrganization = Api.operator().get(organizationKeys("?status=" + status));

        assertThat(ofProject.statusCode()).isEqualTo(200);
        assertThat(names(ofProject)).isEqualTo(names);
        assertThat(names(ofOrganization)).isEqualTo(names);
    }

    @Test
    void keysWithoutARateLimitAreListed() {
        tenant.newKey("""
                {"name":"limited","rateLimit":{"window":60,"count":5}}""");

        assertThat(names(Api.operator().get(tenant.keys()))).isEqualTo("limited,off,on,Default");
        for (String path : List.of(tenant.keys(), organizationKeys(""))) {
            assertThat(names(Api.operator().get(path + "?rateLimit=none"))).isEqualTo("off,on,Default");
            assertThat(names(Api.operator().get(path + "?rateLimit=none&status=active")))
                    .isEqualTo("on,Default");
            Response first = Api.operator().get(path + "?rateLimit=none&per_page=2");
            assertThat(names(first)).isEqualTo("off,on");
            assertThat(names(Api.operator().get(path + "?rateLimit=none&per_page=2&cursor=" + cursor(first, "next"))))
                    .isEqualTo("Default");
        }
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(
            strings = {
                "rateLimit=",
                "rateLimit",
                "rateLimit=NONE",
                "rateLimit=null",
                "rateLimit=60",
                "rateLimit=none,none",
                "rateLimit=none&rateLimit=none",
                "rateLimit=none&rateLimit="
            })
    void otherRateLimitIsRefused(String query) {
        for (String path : List.of(tenant.keys(), organizationKeys(""))) {
            Response response = Api.operator().get(path + "?" + query);

            assertThat(response.statusCode()).isEqualTo(400);
            assertThat(response.asString()).isEqualTo("{\"detail\":\"Invalid rateLimit parameter.\"}");
        }
    }

    @Test
    void rateLimitIsReadAfterThePath() {
        String query = "?rateLimit=x";

        assertThat(Api.anonymous().get(tenant.keys() + query).statusCode()).isEqualTo(401);
        assertThat(tenant.apiKey("team:read").get(tenant.keys() + query).statusCode())
                .isEqualTo(403);
        assertThat(Api.operator()
                        .get(tenant.path("projects/{o}/nope/keys/") + query)
                        .statusCode())
                .isEqualTo(404);
        assertThat(Api.operator()
                        .get("organizations/nope-nope/project-keys/" + query)
                        .statusCode())
                .isEqualTo(404);
    }

    @Test
    void linksLeadForwardAndBack() {
        String next = cursor(Api.operator().get(tenant.keys() + "?per_page=2"), "next");
        Response second = Api.operator().get(tenant.keys() + "?per_page=2&cursor=" + next);
        Response back = Api.operator().get(tenant.keys() + "?per_page=2&cursor=" + cursor(second, "previous"));

        assertThat(names(second)).isEqualTo("Default");
        assertThat(names(back)).isEqualTo("off,on");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "per_page=0, Invalid per_page value. Must be at least 1.",
        "per_page=101, Invalid per_page value. Cannot exceed 100.",
        "per_page=-1, Invalid per_page value. Must be at least 1.",
        "per_page=, Invalid per_page parameter.",
        "per_page=x, Invalid per_page parameter.",
        "per_page=1.5, Invalid per_page parameter.",
        "cursor=x, Invalid cursor parameter.",
        "cursor=1:0, Invalid cursor parameter.",
        "cursor=abc:0:0, Invalid cursor parameter.",
        "cursor=1:-1:0, Pagination offset cannot be negative",
        "cursor=1:100000:0, Pagination offset too large"
    })
    void malformedPageIsRefused(String query, String detail) {
        for (String path : List.of(tenant.keys(), organizationKeys(""))) {
            Response response = Api.operator().get(path + "?" + query);

            assertThat(response.statusCode()).isEqualTo(400);
            assertThat(response.jsonPath().getString("detail")).isEqualTo(detail);
        }
    }

    @Test
    void emptyCursorIsTheFirstPage() {
        assertThat(names(Api.operator().get(tenant.keys() + "?cursor="))).isEqualTo("off,on,Default");
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(
            strings = {
                "project=-1",
                "project=-1&project=999999999",
                "projectSlug=",
                "team=",
                "projectSlug=$all",
                "projectSlug=pump-station",
                "team=core",
                "team=core&per_page=3",
                "status="
            })
    void organizationListHoldsAllProjects(String query) {
        assertThat(names(Api.operator().get(organizationKeys("?" + query)))).isEqualTo("off,on,Default");
    }

    @Test
    void organizationListTakesIdsOfProjectsAndTeams() {
        Api.operator().post(tenant.path("teams/{o}/core/projects/"), """
                        {"name":"Second"}""").then().statusCode(201);

        assertThat(Api.operator().get(organizationKeys("")).jsonPath().getList("$"))
                .hasSize(4);
        assertThat(names(Api.operator().get(organizationKeys("?project=" + tenant.projectId()))))
                .isEqualTo("off,on,Default");
        assertThat(names(Api.operator().get(organizationKeys("?projectSlug=second"))))
                .isEqualTo("Default");
        assertThat(Api.operator()
                        .get(organizationKeys("?projectSlug=second&project=" + tenant.projectId()))
                        .jsonPath()
                        .getList("$"))
                .hasSize(4);
        String team =
                Api.operator().get(tenant.path("teams/{o}/core/")).jsonPath().getString("id");
        assertThat(names(Api.operator().get(organizationKeys("?projectSlug=second&team=" + team))))
                .isEqualTo("Default");
    }

    @Test
    void organizationListIsPaged() {
        Response first = Api.operator().get(organizationKeys("?per_page=2"));
        Response second = Api.operator().get(organizationKeys("?per_page=2&cursor=" + cursor(first, "next")));

        assertThat(names(first)).isEqualTo("off,on");
        assertThat(names(second)).isEqualTo("Default");
        assertThat(first.header("Link"))
                .startsWith("<" + Api.URL_PREFIX + "/api/0/" + organizationKeys("?per_page=2&cursor="));
    }

    @Test
    void unknownProjectIsRefusedBesideAKnownOne() {
        String existing = "?project=" + tenant.projectId();

        assertThat(Api.operator()
                        .get(organizationKeys(existing + "&projectSlug=nope"))
                        .statusCode())
                .isEqualTo(403);
        assertThat(Api.operator()
                        .get(organizationKeys(existing + "&project=999999999"))
                        .statusCode())
                .isEqualTo(403);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "team=nope, 404, Team not found",
        "team=999999999, 404, Team not found",
        "project=x, 400, Invalid project parameter. Values must be numbers.",
        "project=999999999, 403, You do not have permission to perform this action.",
        "project=, 400, Invalid project parameter. Values must be numbers.",
        "project=-5, 403, You do not have permission to perform this action.",
        "projectSlug=nope, 403, You do not have permission to perform this action.",
        "projectSlug=%00, 403, You do not have permission to perform this action.",
        "team=%00, 404, Team not found"
    })
    void organizationListRefusesUnknownFilters(String query, int status, String detail) {
        Response response = Api.operator().get(organizationKeys("?" + query));

        assertThat(response.statusCode()).isEqualTo(status);
        assertThat(response.jsonPath().getString("detail")).isEqualTo(detail);
    }

    @Test
    void projectOfAnotherOrganizationIsRefused() {
        Tenant other = Tenant.create();

        assertThat(Api.operator()
                        .get(organizationKeys("?project=" + other.projectId()))
                        .statusCode())
                .isEqualTo(403);
    }

    @Test
    void teamWithoutProjectsHasNoKeys() {
        Api.operator().post(tenant.path("organizations/{o}/teams/"), """
                {"slug":"idle"}""");

        Response response = Api.operator().get(organizationKeys("?team=idle"));

        assertThat(response.asString()).isEqualTo("[]");
        assertThat(response.header("Link")).contains("cursor=\"0:0:1\"", "cursor=\"0:0:0\"");
    }

    private String organizationKeys(String query) {
        return tenant.path("organizations/{o}/project-keys/") + query;
    }

    private static String names(Response response) {
        assertThat(response.statusCode()).as(response.asString()).isEqualTo(200);
        return String.join(",", response.jsonPath().<String>getList("name"));
    }

    private static String cursor(Response response, String relation) {
        return new Link(response.header("Link")).cursor(relation);
    }
}
