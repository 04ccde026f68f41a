package dev.countersign.organization;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.testsupport.Api;
import dev.countersign.testsupport.Tenant;
import dev.countersign.testsupport.http.PlainPath;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Organizations and their teams. */
@QuarkusTest
class OrganizationResourceTest {

    @Test
    void organizationIsCreatedUpdatedAndDeleted() {
        String name = "Acme " + UUID.randomUUID();

        Response created = Api.operator().post("organizations/", """
                {"name":"%s","agreeTerms":true}""".formatted(name));
        String path = "organizations/" + created.jsonPath().getString("slug") + "/";
        Response read = Api.operator().get(path);
        Response updated = Api.operator().put(path, """
                {"name":"Renamed"}""");
        Response removed = Api.operator().delete(path);

        assertThat(created.statusCode()).isEqualTo(201);
        assertThat(created.jsonPath().getString("id")).matches("[0-9]+");
        assertThat(read.jsonPath().getString("name")).isEqualTo(name);
        assertThat(read.jsonPath().getList("orgRoleList.id")).contains("member", "owner");
        assertThat(read.jsonPath().getList("teamRoleList.id")).contains("contributor", "admin");
        assertThat(read.jsonPath().getString("links.regionUrl")).isEqualTo(Api.URL_PREFIX);
        assertThat(updated.jsonPath().getString("name")).isEqualTo("Renamed");
        assertThat(removed.statusCode()).isEqualTo(204);
        assertThat(Api.operator().get(path).statusCode()).isEqualTo(404);
    }

    @Test
    void takenSlugIsAConflict() {
        Tenant tenant = Tenant.create();

        Response response = Api.operator().post("organizations/", """
                        {"name":"x","slug":"%s"}""".formatted(tenant.organization()));

        assertThat(response.statusCode()).isEqualTo(409);
        assertThat(response.asString()).isEqualTo("""
                {"detail":"An organization with this slug already exists."}""");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({"-x", "x-", "a b", "123", "under_score", "''"})
    void malformedSlugIsRefused(String slug) {
        Response response = Api.operator().post("organizations/", """
                {"name":"x","slug":"%s"}""".formatted(slug));

        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(response.jsonPath().getList("slug")).hasSize(1);
    }

    @Test
    void teamIsCreatedUpdatedAndDeleted() {
        Tenant tenant = Tenant.create();
        String teams = tenant.path("organizations/{o}/teams/");
        String path = tenant.path("teams/{o}/platform/");

        Response created = Api.operator().post(teams, """
                {"name":"platform"}""");
        Response renamed = Api.operator().put(path, """
                {"name":"Platform Team"}""");
        Response listed = Api.operator().get(teams);
        Response removed = Api.operator().delete(path);

        assertThat(created.statusCode()).isEqualTo(201);
        assertThat(created.jsonPath().getMap("$"))
                .containsEntry("slug", "platform")
                .containsEntry("name", "platform")
                .containsEntry("hasAccess", true)
                .containsEntry("isPending", false)
                .containsEntry("isMember", true);
        assertThat(renamed.jsonPath().getString("name")).isEqualTo("Platform Team");
        assertThat(listed.jsonPath().getList("slug")).containsExactly("core", "platform");
        assertThat(removed.statusCode()).isEqualTo(204);
        assertThat(Api.operator().get(path).statusCode()).isEqualTo(404);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
                    {} | 400 | {"non_field_errors":["Name or slug is required"]}
                    {"slug":"core"} | 409 | {"non_field_errors":["A team with this slug already exists."],\
                    "detail":"A team with this slug already exists."}
                    {"slug":"UPPER"} | 400 | {"slug":["Enter a valid slug consisting of lowercase letters, \
                    numbers, underscores or hyphens. It cannot be entirely numeric."]}
                    """)
    void invalidTeamIsRefused(String body, int status, String expected) {
        Tenant tenant = Tenant.create();

        Response response = Api.operator().post(tenant.path("organizations/{o}/teams/"), body);

        assertThat(response.statusCode()).isEqualTo(status);
        assertThat(response.jsonPath().getMap("$"))
                .isEqualTo(PlainPath.of(expected).getMap("$"));
    }

    @Test
    void takenTeamSlugIsRefused() {
        Tenant tenant = Tenant.create();
        Api.operator().post(tenant.path("organizations/{o}/teams/"), """
                {"slug":"second"}""");

        Response response = Api.operator().put(tenant.path("teams/{o}/second/"), """
                {"slug":"core"}""");

        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(response.asString()).isEqualTo("""
                {"slug":["The slug \\"core\\" is already in use."]}""");
    }
}
