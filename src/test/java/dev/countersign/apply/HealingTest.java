package dev.countersign.apply;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;

import dev.countersign.testsupport.Api;
import io.quarkus.test.junit.QuarkusTest;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** In the background a document restores what drifted. It switches nothing on and makes nothing removed again. */
@QuarkusTest
class HealingTest extends WithDocuments {

    private final String half = UUID.randomUUID().toString().replace("-", "");
    private final String keys =
            "projects: [{slug: api, name: API, keys: [{name: app, public: %s, isActive: true}]}]\n".formatted(half);
    private final String apiKeys =
            "apiKeys: [{label: ci, key: \"env:KEY\", scope_list: [\"org:read\"], status: active}]\n";

    @Test
    void driftIsHealed() {
        apply(keys);
        operator.put("projects/" + organization + "/api/", "{\"name\": \"by hand\"}");

        assertThat(heal(keys)).isEqualTo(new Outcome(List.of("~ project ORG/api name"), List.of(), List.of()));
    }

    @Test
    void nothingIsPruned() {
        apply(keys);

        assertThat(heal("projects: []").steps()).isEmpty();
    }

    @Test
    void switchedOffKeyStaysOff() {
        apply(keys);
        operator.put(key(), "{\"isActive\": false, \"name\": \"by hand\"}")
                .then()
                .statusCode(200);

        Outcome outcome = heal(keys);

        assertThat(outcome.steps()).containsExactly("~ key ORG/api/app name");
        assertThat(outcome.warnings())
                .containsExactly("acme.yaml:3: projects[0].keys[0].isActive: The client key " + half
                        + " was switched off, and stays off.");
        operator.get(key()).then().body("isActive", equalTo(false)).body("name", equalTo("app"));
        assertThat(apply(keys).steps()).containsExactly("~ key ORG/api/app isActive");
        operator.get(key()).then().body("isActive", equalTo(true));
    }

    @Test
    void expiredKeyKeepsItsEnd() throws SQLException {
        apply(keys);
        try (Connection connection = connect();
                PreparedStatement statement = connection.prepareStatement(
                        "update project_key set date_expires = now() - interval '1 day' where public_key = ?")) {
            statement.setString(1, half);
            statement.executeUpdate();
        }
        String later = keys.replace("isActive: true", "isActive: true, dateExpires: null");

        assertThat(heal(keys)).isEqualTo(new Outcome(List.of(), List.of(), List.of()));
        assertThat(heal(later).warnings()).singleElement().asString().endsWith("has expired, and keeps its end.");
        operator.get(key()).then().body("isActive", equalTo(false));
        assertThat(apply(later).steps()).containsExactly("~ key ORG/api/app dateExpires");
        operator.get(key()).then().body("isActive", equalTo(true));
    }

    @Test
    void removedKeyIsNotMadeAgain() {
        apply(keys);
        operator.delete(key()).then().statusCode(204);

        assertThat(heal(keys).warnings())
                .containsExactly("acme.yaml:3: projects[0].keys[0].public: The client key " + half
                        + " was removed, and is not made again.");
        operator.get(key()).then().statusCode(404);
        assertThat(apply(keys).steps()).containsExactly("+ key ORG/api/app");
        operator.get(key()).then().statusCode(200);
    }

    /** Records of keys go with their organization, so the document is all that is known. */
    @Test
    void removedOrganizationIsMadeAgainWithAllThatIsDeclared() {
        apply(keys + apiKeys);
        operator.put(key(), "{\"isActive\": false}").then().statusCode(200);
        operator.delete("organizations/" + organization + "/").then().statusCode(204);

        assertThat(heal(keys + apiKeys))
                .isEqualTo(new Outcome(
                        List.of("+ organization ORG", "+ project ORG/api", "+ key ORG/api/app", "+ API key ORG/ci"),
                        List.of(),
                        List.of()));
        operator.get(key()).then().statusCode(200).body("isActive", equalTo(true));
        Api.bearer(keyText).get("organizations/" + organization + "/").then().statusCode(200);
    }

    @Test
    void disabledApiKeyStaysDisabled() {
        apply(apiKeys);
        operator.put(apiKey(), "{\"status\": \"disabled\"}").then().statusCode(200);

        assertThat(heal(apiKeys).warnings()).singleElement().asString().endsWith("was disabled, and stays disabled.");
        operator.get(apiKey()).then().body("status", equalTo("disabled"));
        assertThat(apply(apiKeys).steps()).containsExactly("~ API key ORG/ci status");
    }

    @Test
    void removedApiKeyIsNotMadeAgain() {
        apply(apiKeys);
        operator.delete(apiKey()).then().statusCode(204);

        assertThat(heal(apiKeys).warnings()).singleElement().asString().endsWith("was removed, and is not made again.");
        Api.bearer(keyText).get("organizations/" + organization + "/").then().statusCode(401);
        assertThat(apply(apiKeys).steps()).containsExactly("+ API key ORG/ci");
    }

    @Test
    void rotatedApiKeyKeepsItsText() {
        apply(apiKeys);
        operator.post(apiKey() + "rotate/", "{}").then().statusCode(200);

        assertThat(heal(apiKeys).warnings()).singleElement().asString().endsWith("has another text, and keeps it.");
        Api.bearer(keyText).get("organizations/" + organization + "/").then().statusCode(401);
    }

    @Test
    void rotatedClientKeyIsPassedOverForItsSuccessor() {
        String byName = "projects: [{slug: api, keys: [{name: app}]}]";
        apply(keys);
        String successor = operator.post("/api/countersign/v1/" + key() + "rotate/", "{}")
                .then()
                .statusCode(201)
                .extract()
                .path("id");

        assertThat(apply(byName)).isEqualTo(new Outcome(List.of(), List.of(), List.of()));
        assertThat(apply(keys).warnings())
                .containsExactly("acme.yaml:3: projects[0].keys[0].public: The client key " + half + " was replaced by "
                        + successor + " in a rotation, and stays as it is.");
        assertThat(prune("projects: [{slug: api, keys: []}]").steps()).containsExactly("- key ORG/api/app");
        operator.get("projects/" + organization + "/api/keys/").then().body("id", contains(half));
    }

    private String key() {
        return "projects/" + organization + "/api/keys/" + half + "/";
    }

    private String apiKey() {
        String keys = "organizations/" + organization + "/api-keys/";
        String id = operator.get(keys).path("[0].id");
        return keys + id + "/";
    }
}
