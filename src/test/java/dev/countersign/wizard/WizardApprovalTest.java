package dev.countersign.wizard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.testsupport.Api;
import dev.countersign.testsupport.Tenant;
import dev.countersign.testsupport.WithTenant;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.response.Response;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The hand-over to @sentry/wizard: the person who approves it. */
@QuarkusTest
class WizardApprovalTest extends WithTenant {

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    removed
                    rotated
                    {"status":"disabled"}
                    {"dateExpires":"2020-01-01T00:00:00Z"}
                    {"scope_list":["org:write"]}
                    """)
    void approvalByAnInvalidatedCredentialMakesNoApiKey(String change) {
        String hash = open();
        Api approver = tenant.apiKey("org:admin");
        assertThat(approve(approver, hash).statusCode()).isEqualTo(201);
        String apiKeys = tenant.path("organizations/{o}/api-keys/");
        changeNewestKey(change);

        Response refused = Api.anonymous().get("wizard/" + hash + "/");

        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(refused.asString()).isEqualTo("""
                        {"detail":"The credential that approved this wizard is no longer valid."}""");
        assertThat(Api.operator().get(apiKeys).jsonPath().getList("label")).doesNotContain("wizard");
        assertThat(approve(Api.operator(), hash).statusCode()).isEqualTo(201);
        assertThat(Api.anonymous().get("wizard/" + hash + "/").statusCode()).isEqualTo(200);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    {"label":"Renamed"}
                    {"scope_list":["org:admin","team:read"]}
                    {"dateExpires":null}
                    """)
    void approvalHoldsWhileItsApiKeyMayApprove(String change) {
        String hash = open();
        assertThat(approve(tenant.apiKey("org:admin"), hash).statusCode()).isEqualTo(201);
        changeNewestKey(change);

        assertThat(Api.anonymous().get("wizard/" + hash + "/").statusCode()).isEqualTo(200);
    }

    @Test
    void projectHasAtMostAHundredApprovals() {
        for (int i = 0; i < 100; i++) {
            assertThat(approve(Api.operator(), open()).statusCode()).isEqualTo(201);
        }
        Response refused = approve(Api.operator(), open());

        assertThat(refused.statusCode()).isEqualTo(429);
        assertThat(refused.header("Retry-After")).isEqualTo("600");
        tenant = Tenant.create();
        assertThat(approve(Api.operator(), open()).statusCode()).isEqualTo(201);
    }

    @Test
    void hashIsApprovedForOneProjectOnly() {
        String hash = open();
        approve(Api.operator(), hash);
        Tenant other = Tenant.create();

        assertThat(Api.operator()
                        .post("projects/" + other.organization() + "/" + other.project() + "/wizard/" + hash + "/", "")
                        .statusCode())
                .isEqualTo(404);
        assertThat(Api.anonymous().get("wizard/" + hash + "/").jsonPath().getString("projects[0].organization.slug"))
                .isEqualTo(tenant.organization());
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"project:admin", "org:write", "team:admin"})
    void approvalNeedsTheScopeOfApiKeys(String scope) {
        assertThat(approve(tenant.apiKey(scope), open()).statusCode()).isEqualTo(403);
    }

    @Test
    void approvalNeedsACredentialOfTheOrganization() {
        assertThat(approve(Api.anonymous(), open()).statusCode()).isEqualTo(401);
        assertThat(approve(Tenant.create().apiKey("org:admin"), open()).statusCode())
                .isEqualTo(403);
    }

    @Test
    void pageShowsTheCommandToApprove() {
        String hash = open();
        Response page =
                RestAssured.get("/account/settings/wizard/" + hash + "/?org_slug=acme&project_slug=pump-station");

        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.header("Content-Type")).startsWith("text/plain");
        assertThat(page.asString()).contains(Api.URL_PREFIX + "/api/0/projects/acme/pump-station/wizard/" + hash + "/");
    }

    @Test
    void onlySlugsEnterTheCommand() {
        String hash = open();
        Response page = RestAssured.given()
                .queryParam("org_slug", "$(reboot)")
                .queryParam("project_slug", "a;b")
                .get("/account/settings/wizard/" + hash + "/");

        assertThat(page.asString())
                .contains("/projects/ORGANIZATION/PROJECT/wizard/")
                .doesNotContain("reboot", ";b");
        assertThat(RestAssured.get("/account/settings/wizard/nope/").statusCode())
                .isEqualTo(404);
    }

    private void changeNewestKey(String change) {
        String apiKeys = tenant.path("organizations/{o}/api-keys/");
        String key = apiKeys + Api.operator().get(apiKeys).jsonPath().getString("[0].id") + "/";
        Response changed =
                switch (change) {
                    case "removed" -> Api.operator().delete(key);
                    case "rotated" -> Api.operator().post(key + "rotate/", "");
                    default -> Api.operator().put(key, change);
                };
        assertThat(changed.statusCode()).as(changed.asString()).isBetween(200, 204);
    }

    private Response approve(Api api, String hash) {
        return api.post(tenant.path("projects/{o}/{p}/wizard/") + hash + "/", "");
    }

    private static String open() {
        Response response = Api.anonymous().get("wizard/");
        assertThat(response.statusCode()).as(response.asString()).isEqualTo(200);
        return response.jsonPath().getString("hash");
    }
}
