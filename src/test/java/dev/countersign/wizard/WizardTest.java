package dev.countersign.wizard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.testsupport.Api;
import dev.countersign.testsupport.WithTenant;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The hand-over to @sentry/wizard: the requests of the wizard itself. */
@QuarkusTest
class WizardTest extends WithTenant {

    @Test
    void everyHashIsNew() {
        assertThat(open()).matches("[0-9a-f]{64}").isNotEqualTo(open());
    }

    @Test
    void unapprovedWizardGetsNothing() {
        Response response = Api.anonymous().get("wizard/" + open() + "/");

        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(response.asString()).isEqualTo("""
                {"detail":"Nobody has approved this wizard yet."}""");
    }

    @Test
    void approvedProjectIsHandedOverOnce() {
        String hash = open();
        Response approval = approve(Api.operator(), hash);
        JsonPath handed = Api.anonymous().get("wizard/" + hash + "/").jsonPath();

        assertThat(approval.statusCode()).isEqualTo(201);
        assertThat(approval.asString()).isEqualTo("""
                {"status":"approved"}""");
        assertThat(handed.getString("projects[0].slug")).isEqualTo(tenant.project());
        assertThat(handed.getString("projects[0].id")).isEqualTo(Long.toString(tenant.projectId()));
        assertThat(handed.getString("projects[0].platform")).isEqualTo("java");
        assertThat(handed.getString("projects[0].organization.slug")).isEqualTo(tenant.organization());
        assertThat(handed.getString("projects[0].keys[0].name")).isEqualTo("Default");
        assertThat(handed.getString("projects[0].keys[0].dsn.public"))
                .isEqualTo(Api.operator().get(tenant.keys()).jsonPath().getString("[0].dsn.public"));
        assertThat(handed.getString("projects[0].keys[0].dsn.secret")).isNotEmpty();
        assertThat(Api.anonymous().get("wizard/" + hash + "/").statusCode()).isEqualTo(404);
        assertThat(Api.anonymous().delete("wizard/" + hash + "/").statusCode()).isEqualTo(200);
    }

    @Test
    void tokenIsAnApiKeyForReleasesOnly() {
        String hash = open();
        Api admin = tenant.apiKey("org:admin");
        approve(admin, hash);
        String token = Api.anonymous().get("wizard/" + hash + "/").jsonPath().getString("apiKeys.token");

        assertThat(token).matches("cs_[A-Za-z0-9_-]{43}");
        assertThat(Api.bearer(token).get("").jsonPath().getList("auth.scopes")).containsOnly("project:releases");
        assertThat(Api.bearer(token).get(tenant.keys()).statusCode()).isEqualTo(403);
        Response log = Api.operator().get(tenant.path("organizations/{o}/audit-logs/?event=api-key.create&per_page=1"));
        assertThat(log.jsonPath().getString("rows[0].note")).isEqualTo("added api key wizard");
        assertThat(log.jsonPath().getString("rows[0].actor.id"))
                .isEqualTo(admin.get("auth/").jsonPath().getString("id"));
    }

    @Test
    void inactiveKeysAreNotHandedOver() {
        String id = Api.operator().get(tenant.keys()).jsonPath().getString("[0].id");
        String second = tenant.newKey("""
                {"name":"Second"}""");
        Api.operator().put(tenant.key(id), """
                {"isActive":false}""");
        String hash = open();
        approve(Api.operator(), hash);

        assertThat(Api.anonymous().get("wizard/" + hash + "/").jsonPath().getList("projects[0].keys.id"))
                .containsOnly(second);
    }

    @Test
    void hashesAreNotLimited() {
        for (int i = 0; i < 1_100; i++) {
            assertThat(Api.anonymous().status("GET", "wizard/")).isEqualTo(200);
        }
        String hash = open();

        assertThat(approve(Api.operator(), hash).statusCode()).isEqualTo(201);
        assertThat(Api.anonymous().get("wizard/" + hash + "/").statusCode()).isEqualTo(200);
    }

    /** The API key is in the body, and HEAD has no body. */
    @Test
    void headShowsTheStateOnly() {
        String hash = open();
        assertThat(Api.anonymous().send("HEAD", "wizard/" + hash + "/").statusCode())
                .isEqualTo(400);
        approve(Api.operator(), hash);

        assertThat(Api.anonymous().send("HEAD", "wizard/" + hash + "/").statusCode())
                .isEqualTo(200);
        assertThat(Api.anonymous().send("HEAD", "wizard/" + hash + "/").statusCode())
                .isEqualTo(200);
        assertThat(Api.anonymous().get("wizard/" + hash + "/").jsonPath().getString("apiKeys.token"))
                .startsWith("cs_");
        assertThat(Api.anonymous().send("HEAD", "wizard/" + hash + "/").statusCode())
                .isEqualTo(404);
    }

    @Test
    void deletedHandOverIsNotFound() {
        String hash = open();
        approve(Api.operator(), hash);
        Response closed = Api.anonymous().delete("wizard/" + hash + "/");

        assertThat(closed.statusCode()).isEqualTo(200);
        assertThat(closed.asString()).isEqualTo("{}");
        assertThat(Api.anonymous().get("wizard/" + hash + "/").statusCode()).isEqualTo(404);
        assertThat(approve(Api.operator(), hash).statusCode()).isEqualTo(404);
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"0", "%00", "fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff", "a'b"})
    void malformedHashIsNotFound(String hash) {
        assertThat(Api.anonymous().get("wizard/" + hash + "/").statusCode()).isEqualTo(404);
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
