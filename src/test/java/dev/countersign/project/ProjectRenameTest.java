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
import org.junit.jupiter.params.provider.CsvSource;

/** The old slug of a renamed project redirects to the project. */
@QuarkusTest
class ProjectRenameTest extends WithTenant {

    private String old;

    @BeforeEach
    void rename() {
        old = tenant.path("projects/{o}/pump-station/");
        Api.operator().put(old, """
                {"slug":"new"}""").then().statusCode(200);
    }

    @ParameterizedTest(name = "{0} {1}")
    @CsvSource({
        "GET, ''",
        "PUT, ''",
        "DELETE, ''",
        "GET, keys/?per_page=1&status=",
        "HEAD, keys/",
        "POST, keys/",
        "GET, keys/x/",
        "PUT, keys/x/",
        "DELETE, keys/x/",
        "GET, teams/",
        "POST, teams/core/",
        "DELETE, teams/core/"
    })
    void everyMethodAndSubPathIsRedirected(String method, String rest) {
        String location = "/api/0/projects/" + tenant.organization() + "/new/" + rest;

        Response response = Api.operator().send(method, old + rest);

        assertThat(response.statusCode()).isEqualTo(302);
        assertThat(response.header("Location")).isEqualTo(location);
        if (!method.equals("HEAD")) {
            assertThat(response.asString()).isEqualTo("""
                                    {"slug":"new","detail":{"code":"resource-moved",\
                                    "message":"Resource has been moved","extra":{"url":"%s","slug":"new"}}}""".formatted(location));
        }
    }

    @Test
    void redirectKeepsTheQuery() {
        String query = "keys/?status=%20a&x=1&y&cursor=";

        assertThat(Api.operator().get(old + query).header("Location"))
                .isEqualTo("/api/0/projects/" + tenant.organization() + "/new/" + query);
    }

    @Test
    void renamedOrganizationIsNotFoundByItsOldSlug() {
        String renamed = tenant.organization() + "-x";
        Api.operator().put(tenant.path("organizations/{o}/"), """
                {"slug":"%s"}""".formatted(renamed));

        assertThat(Api.operator().get(tenant.keys()).statusCode()).isEqualTo(404);
        assertThat(Api.operator().get("projects/" + renamed + "/new/keys/").statusCode())
                .isEqualTo(200);
    }

    @Test
    void renamedProjectIsFoundByItsId() {
        assertThat(Api.operator()
                        .get(tenant.path("projects/{o}/") + tenant.projectId() + "/keys/")
                        .statusCode())
                .isEqualTo(200);
    }

    @Test
    void newSlugIsHiddenWithoutPermission() {
        assertThat(Api.anonymous().get(old).statusCode()).isEqualTo(401);
        assertThat(Tenant.create().apiKey("project:read").get(old).statusCode()).isEqualTo(403);
    }

    @Test
    void newProjectTakesOverTheOldSlug() {
        Api.operator().post(tenant.path("teams/{o}/core/projects/"), """
                                {"name":"Second","slug":"pump-station"}""").then().statusCode(201);

        assertThat(Api.operator().get(old).jsonPath().getString("name")).isEqualTo("Second");
    }

    @Test
    void redirectLeadsToTheNewestSlug() {
        Api.operator().put(tenant.path("projects/{o}/new/"), """
                {"slug":"newest"}""");

        assertThat(Api.operator().get(old).header("Location")).endsWith("/newest/");
        assertThat(Api.operator().get(tenant.path("projects/{o}/new/")).header("Location"))
                .endsWith("/newest/");
    }

    @Test
    void takenSlugIsRefused() {
        Api.operator().post(tenant.path("teams/{o}/core/projects/"), """
                {"name":"Second"}""");

        Response response = Api.operator().put(tenant.path("projects/{o}/new/"), """
                {"slug":"second"}""");

        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(response.asString()).isEqualTo("""
                        {"slug":["Another project (Second) is already using that slug"]}""");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
                    teams | The slug "teams" is reserved and not allowed.
                    123 | Enter a valid slug consisting of lowercase letters, numbers, underscores or hyphens. \
                    It cannot be entirely numeric.
                    """)
    void invalidSlugIsRefused(String slug, String message) {
        Response response = Api.operator().put(tenant.path("projects/{o}/new/"), """
                        {"slug":"%s"}""".formatted(slug));

        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(response.jsonPath().getList("slug")).containsExactly(message);
    }
}
