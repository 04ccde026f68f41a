package dev.countersign.namedkey;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.testsupport.Api;
import dev.countersign.testsupport.WithTenant;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A PUT makes the client key of a name what its body says. */
@QuarkusTest
class PutNamedKeyTest extends WithTenant {

    /** No key has the name. */
    @Nested
    class Missing {

        @Test
        void keyIsCreatedWithItsNameAndDefaults() {
            Response created = tenant.apiKey("project:write").send("PUT", tenant.named("app"));

            assertThat(created.statusCode()).isEqualTo(201);
            JsonPath key = created.jsonPath();
            assertThat(key.getString("name")).isEqualTo("app");
            assertThat(key.getString("id")).matches("[a-f0-9]{32}");
            assertThat(key.getString("secret")).matches("[a-f0-9]{32}");
            assertThat(key.getBoolean("isActive")).isTrue();
            assertThat(key.getMap("rateLimit")).isNull();
            assertThat(key.getString("dsn.public"))
                    .isEqualTo("https://" + key.getString("id") + "@sentry.io/" + tenant.projectId());
            assertThat(Api.operator().get(tenant.keys()).jsonPath().getList("name"))
                    .containsExactly("app", "Default");
        }

        @Test
        void keyIsCreatedWithAllMembersThatWereSent() {
            String publicKey = newKey();
            String secretKey = newKey();

            Response created = put("app", """
                            {"name": " app ", "public": "%s", "secret": "%s", "useCase": "user", "isActive": false,
                             "rateLimit": {"window": 60, "count": 5}, "browserSdkVersion": "8.x",
                             "dynamicSdkLoaderOptions": {"hasDebug": true}}""".formatted(publicKey, secretKey));

            assertThat(created.statusCode()).isEqualTo(201);
            JsonPath key = created.jsonPath();
            assertThat(key.getString("id")).isEqualTo(publicKey);
            assertThat(key.getString("secret")).isEqualTo(secretKey);
            assertThat(key.getBoolean("isActive")).isFalse();
            assertThat(key.<String, Integer>getMap("rateLimit")).isEqualTo(Map.of("window", 60, "count", 5));
            assertThat(key.getString("browserSdkVersion")).isEqualTo("8.x");
            assertThat(key.getBoolean("dynamicSdkLoaderOptions.hasDebug")).isTrue();
        }

        @Test
        void nullAndEmptyNameAreTheNameOfThePath() {
            assertThat(put("one", """
                {"name":null}""").jsonPath().getString("name")).isEqualTo("one");
            assertThat(put("two", """
                {"name":""}""").jsonPath().getString("name")).isEqualTo("two");
        }

        @Test
        void keyThatAnotherNameHasIsAConflict() {
            String taken = tenant.newKey("""
                {"name":"other"}""");

            Response conflict = put("app", """
                {"public":"%s"}""".formatted(taken));

            assertThat(conflict.statusCode()).isEqualTo(409);
            assertThat(conflict.asString()).isEqualTo("""
                {"detail":"A client key with this public key already exists."}""");
            assertThat(Api.operator().get(tenant.named("app")).statusCode()).isEqualTo(404);
        }

        @Test
        void formIsReadAsJsonIs() {
            Response created = Api.operator()
                    .request()
                    .contentType("application/x-www-form-urlencoded")
                    .body("isActive=off&browserSdkVersion=7.x")
                    .put(tenant.named("app"));

            assertThat(created.statusCode()).isEqualTo(201);
            assertThat(created.jsonPath().getBoolean("isActive")).isFalse();
            assertThat(created.jsonPath().getString("browserSdkVersion")).isEqualTo("7.x");
        }
    }

    /** One active key has the name. */
    @Nested
    class Present {

        private String id;

        @BeforeEach
        void createKey() {
            id = put("app", """
                {"rateLimit":{"window":60,"count":5}}""").jsonPath().getString("id");
        }

        @Test
        void membersThatWereSentAreChanged() {
            Response changed = put("app", """
                {"browserSdkVersion":"9.x"}""");

            assertThat(changed.statusCode()).isEqualTo(200);
            assertThat(changed.jsonPath().getString("id")).isEqualTo(id);
            assertThat(changed.jsonPath().getString("browserSdkVersion")).isEqualTo("9.x");
            assertThat(changed.jsonPath().getInt("rateLimit.count")).isEqualTo(5);
            assertThat(changed.asString())
                    .isEqualTo(Api.operator().get(tenant.key(id)).asString());
        }

        @Test
        void nullLiftsTheRateLimit() {
            assertThat(put("app", """
                {"rateLimit":null}""").jsonPath().getMap("rateLimit")).isNull();
        }

        @Test
        void repetitionIsTheSameKey() {
            Response again = put("app", """
                {"rateLimit":{"window":60,"count":5}}""");

            assertThat(again.statusCode()).isEqualTo(200);
            assertThat(again.jsonPath().getString("id")).isEqualTo(id);
            assertThat(Api.operator().get(tenant.keys()).jsonPath().getList("id"))
                    .hasSize(2);
        }

        @Test
        void answerOfAGetIsNoChange() {
            String found = Api.operator().get(tenant.named("app")).asString();

            Response same = put("app", found);

            assertThat(same.statusCode()).isEqualTo(200);
            assertThat(same.asString()).isEqualTo(found);
        }

        @Test
        void activeKeyCountsBesideNewerInactiveOnes() {
            tenant.newKey("""
                {"name":"app","isActive":false}""");

            assertThat(put("app", "{}").jsonPath().getString("id")).isEqualTo(id);
        }

        @Test
        void keyCanBeSwitchedOff() {
            assertThat(put("app", """
                {"isActive":false}""").jsonPath().getBoolean("isActive")).isFalse();
            assertThat(put("app", """
                {"isActive":false}""").statusCode()).isEqualTo(200);
        }

        @Test
        void otherPublicOrSecretKeyIsRefusedUnderItsMember() {
            Response refused = put("app", """
                {"public":"%s","secret":"%s","isActive":false}""".formatted(newKey(), newKey()));

            assertThat(refused.statusCode()).isEqualTo(400);
            assertThat(refused.asString()).isEqualTo("""
                    {"public":["The client key of this name has another public key."],\
                    "secret":["The client key of this name has another secret key."]}""");
            assertThat(Api.operator().get(tenant.named("app")).statusCode()).isEqualTo(200);
        }
    }

    /** Only inactive keys have the name: somebody switched them off. */
    @Nested
    class Inactive {

        private String older;
        private String newer;

        @BeforeEach
        void createKeys() {
            older = tenant.newKey("""
                {"name":"app","isActive":false}""");
            newer = tenant.newKey("""
                {"name":"app","isActive":false}""");
        }

        @ParameterizedTest
        @ValueSource(strings = {"{}", """
                {"name":"app"}""", """
                {"rateLimit":{"window":60,"count":5}}"""})
        void refreshDoesNotSwitchAKeyOn(String body) {
            Response refused = put("app", body);

            assertThat(refused.statusCode()).isEqualTo(409);
            assertThat(refused.jsonPath().getString("detail")).isEqualTo("The client key called app is inactive.");
            assertThat(refused.jsonPath().getList("ids")).containsExactly(newer, older);
            assertThat(Api.operator().get(tenant.keys()).jsonPath().getList("id"))
                    .as("no key is made each time")
                    .hasSize(3);
        }

        @Test
        void newestIsSwitchedOnByARequestThatSaysSo() {
            Response revived = put("app", """
                {"isActive":true}""");

            assertThat(revived.statusCode()).isEqualTo(200);
            assertThat(revived.jsonPath().getString("id")).isEqualTo(newer);
            assertThat(revived.jsonPath().getBoolean("isActive")).isTrue();
            assertThat(put("app", "{}").jsonPath().getString("id")).isEqualTo(newer);
        }

        @Test
        void newestIsChangedByARequestThatLeavesItOff() {
            Response changed = put("app", """
                {"isActive":false,"browserSdkVersion":"9.x"}""");

            assertThat(changed.statusCode()).isEqualTo(200);
            assertThat(changed.jsonPath().getString("id")).isEqualTo(newer);
            assertThat(changed.jsonPath().getString("browserSdkVersion")).isEqualTo("9.x");
        }
    }

    @Test
    void ofSeveralActiveKeysNoneIsChanged() {
        String older = tenant.newKey("""
                {"name":"app"}""");
        String newer = tenant.newKey("""
                {"name":"app"}""");

        Response several = put("app", """
                {"browserSdkVersion":"9.x"}""");

        assertThat(several.statusCode()).isEqualTo(409);
        assertThat(several.jsonPath().getString("detail")).isEqualTo("2 client keys are called app");
        assertThat(several.jsonPath().getList("ids")).containsExactly(newer, older);
        assertThat(Api.operator().get(tenant.keys()).jsonPath().getList("browserSdkVersion"))
                .isEqualTo(List.of("10.x", "10.x", "10.x"));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {"name":"other"}         | {"name":["This is not the name in the path."]}
            {"name":"App"}           | {"name":["This is not the name in the path."]}
            {"useCase":"demo"}       | {"useCase":["\\"demo\\" is not a valid choice."]}
            {"public":"x"}           | {"public":["This value does not match the required pattern."]}
            {"isActive":null}        | {"isActive":["This field may not be null."]}
            {"rateLimit":{"window":1}} | {"rateLimit":{"count":["This field is required."]}}
            []                       | {"non_field_errors":["Invalid data. Expected a dictionary, but got list."]}
            """)
    void bodyThatBreaksARuleIsRefused(String body, String message) {
        Response missing = put("app", body);
        tenant.newKey("""
                {"name":"app"}""");
        Response present = put("app", body);

        assertThat(missing.statusCode()).isEqualTo(400);
        assertThat(missing.asString()).isEqualTo(message);
        assertThat(present.statusCode()).isEqualTo(400);
        assertThat(present.asString()).isEqualTo(message);
    }

    @Test
    void auditLogNamesWhoMadeAndChangedTheKey() {
        Api writer = tenant.apiKey("project:write");
        writer.put(tenant.named("app"), "{}").then().statusCode(201);
        writer.put(tenant.named("app"), """
                {"isActive":false}""").then().statusCode(200);
        Api.operator().delete(tenant.named("app")).then().statusCode(204);

        JsonPath log = Api.operator()
                .get("organizations/" + tenant.organization() + "/audit-logs/?per_page=3")
                .jsonPath();

        assertThat(log.getList("rows.event"))
                .containsExactly("projectkey.remove", "projectkey.edit", "projectkey.create");
        assertThat(log.getList("rows.actor.name", String.class).get(0)).isEqualTo("operator");
        assertThat(log.getList("rows.actor.name", String.class).subList(1, 3))
                .allMatch(name -> name.startsWith("api-key"));
    }

    private Response put(String name, String json) {
        return Api.operator().put(tenant.named(name), json);
    }

    private static String newKey() {
        return UUID.randomUUID().toString().replace("-", "");
    }
}
