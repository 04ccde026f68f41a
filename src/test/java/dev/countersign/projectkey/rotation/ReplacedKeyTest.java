package dev.countersign.projectkey.rotation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.testsupport.Api;
import dev.countersign.testsupport.WithTenant;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A replaced key is neither the key of its name nor the oldest of its project, while SDKs may still send with it. */
@QuarkusTest
class ReplacedKeyTest extends WithTenant {

    private String old;
    private String successor;

    @BeforeEach
    void rotateKey() {
        old = Api.operator().get(tenant.keys()).jsonPath().getString("[0].id");
        successor = tenant.rotate(old, "{}").jsonPath().getString("id");
    }

    @Test
    void nameMeansTheSuccessor() {
        assertThat(Api.operator().get(tenant.named("Default")).jsonPath().getString("id"))
                .isEqualTo(successor);
        assertThat(Api.operator()
                        .get(tenant.named("Default") + "env/")
                        .jsonPath()
                        .getString("SENTRY_DSN"))
                .contains(successor);
        assertThat(Api.operator()
                        .get(tenant.environment(tenant.project() + "/Default"))
                        .jsonPath()
                        .getString("SENTRY_DSN"))
                .contains(successor);
    }

    @Test
    void oldestKeyOfTheProjectIsTheSuccessor() {
        tenant.newKey("{}");

        assertThat(Api.operator()
                        .get(tenant.environment(tenant.project()))
                        .jsonPath()
                        .getString("SENTRY_DSN"))
                .contains(successor);
    }

    @Test
    void wizardIsHandedTheSuccessorOnly() {
        String hash = Api.anonymous().get("wizard/").jsonPath().getString("hash");
        Api.operator()
                .post(tenant.path("projects/{o}/{p}/wizard/") + hash + "/", "{}")
                .then()
                .statusCode(201);

        assertThat(Api.anonymous().get("wizard/" + hash + "/").jsonPath().getList("projects[0].keys.id"))
                .isEqualTo(List.of(successor));
    }

    @Test
    void putOfTheNameChangesTheSuccessor() {
        Response changed = Api.operator().put(tenant.named("Default"), """
                {"browserSdkVersion":"8.x"}""");

        assertThat(changed.statusCode()).isEqualTo(200);
        assertThat(changed.jsonPath().getString("id")).isEqualTo(successor);
        assertThat(Api.operator().get(tenant.key(old)).jsonPath().getString("browserSdkVersion"))
                .isEqualTo("10.x");
    }

    @Test
    void putWithTheOldPublicKeyIsRefused() {
        assertThat(Api.operator()
                        .put(tenant.named("Default"), """
                {"public":"%s"}""".formatted(old))
                        .asString())
                .isEqualTo("""
                {"public":["The client key of this name has another public key."]}""");
    }

    @Test
    void nameOfAReplacedKeyAloneIsFree() {
        Api.operator().put(tenant.key(successor), """
                {"name":"renamed"}""").then().statusCode(200);

        assertThat(Api.operator().get(tenant.named("Default")).statusCode()).isEqualTo(404);
        assertThat(Api.operator().put(tenant.named("Default"), "{}").statusCode())
                .isEqualTo(201);
    }

    @Test
    void removalOfTheNameRemovesBothKeys() {
        assertThat(Api.operator().delete(tenant.named("Default")).statusCode()).isEqualTo(204);

        assertThat(Api.operator().get(tenant.keys()).asString()).isEqualTo("[]");
        assertThat(Api.operator().delete(tenant.named("Default")).statusCode()).isEqualTo(404);
    }

    @Test
    void removalOfTheNameRemovesAllThatTheKeyReplaced() {
        tenant.rotate(successor, "{}").then().statusCode(201);
        String other = tenant.newKey("""
                {"name":"other"}""");

        assertThat(Api.operator().delete(tenant.named("Default")).statusCode()).isEqualTo(204);

        assertThat(Api.operator().get(tenant.keys()).jsonPath().getList("id")).isEqualTo(List.of(other));
        assertThat(Api.operator()
                        .get(tenant.path("organizations/{o}/audit-logs/?event=projectkey.remove"))
                        .jsonPath()
                        .getList("rows"))
                .hasSize(3);
        assertThat(Api.operator()
                        .get(tenant.path("organizations/{o}/audit-logs/?event=projectkey.edit"))
                        .jsonPath()
                        .getList("rows"))
                .isEmpty();
    }

    @Test
    void twoKeysThatWereNotReplacedAreAConflict() {
        tenant.newKey("""
                {"name":"Default"}""");

        assertThat(Api.operator().delete(tenant.named("Default")).statusCode()).isEqualTo(409);
        assertThat(Api.operator().get(tenant.keys()).jsonPath().getList("id")).hasSize(3);
    }

    @Test
    void removalOfTheSuccessorGivesTheNameBack() {
        Api.operator().delete(tenant.key(successor)).then().statusCode(204);

        assertThat(Api.operator().get(tenant.key(old)).jsonPath().getMap("")).doesNotContainKey("replacedBy");
        assertThat(Api.operator().get(tenant.named("Default")).jsonPath().getString("id"))
                .isEqualTo(old);
        assertThat(tenant.rotate(old, "{}").statusCode()).isEqualTo(201);
    }

    @Test
    void removalOfTheOldKeyLeavesTheSuccessor() {
        Api.operator().delete(tenant.key(old)).then().statusCode(204);

        assertThat(Api.operator().get(tenant.named("Default")).jsonPath().getString("id"))
                .isEqualTo(successor);
    }

    @Test
    void removalOfTheProjectIsOneEntry() {
        Api.operator().delete(tenant.path("projects/{o}/{p}/")).then().statusCode(204);

        assertThat(Api.operator()
                        .get(tenant.path("organizations/{o}/audit-logs/?per_page=2"))
                        .jsonPath()
                        .<String>getList("rows.event"))
                .containsExactly("project.remove", "projectkey.rotate");
    }

    @Test
    void replacedKeyMayBeChangedUntilItsEnd() {
        Response changed = Api.operator().put(tenant.key(old), """
                {"isActive":false}""");

        assertThat(changed.jsonPath().getBoolean("isActive")).isFalse();
        assertThat(changed.jsonPath().getString("replacedBy")).isEqualTo(successor);
    }
}
