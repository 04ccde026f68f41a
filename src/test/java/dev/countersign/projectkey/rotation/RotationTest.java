package dev.countersign.projectkey.rotation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.testsupport.Api;
import dev.countersign.testsupport.Tenant;
import dev.countersign.testsupport.WithTenant;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A rotation replaces a client key by a new one, and ends the old one after an overlap. */
@QuarkusTest
class RotationTest extends WithTenant {

    private static final String OLD = """
            {"name":"app","rateLimit":{"window":60,"count":10},"browserSdkVersion":"8.x",
            "dynamicSdkLoaderOptions":{"hasDebug":true,"hasReplay":false}}""";

    private String old;

    @BeforeEach
    void createKey() {
        old = tenant.newKey(OLD);
    }

    @Nested
    class Rotate {

        @Test
        void newKeyHasTheSettingsOfTheOldOne() {
            JsonPath before = key(old);
            JsonPath made = rotate("{}");

            assertThat(made.getString("id")).matches("[a-f0-9]{32}").isNotEqualTo(old);
            assertThat(made.getString("secret")).matches("[a-f0-9]{32}").isNotEqualTo(before.getString("secret"));
            assertThat(made.getString("dsn.public")).contains(made.getString("id"));
            for (String member : List.of(
                    "name",
                    "label",
                    "rateLimit",
                    "browserSdkVersion",
                    "dynamicSdkLoaderOptions",
                    "projectId",
                    "useCase")) {
                assertThat(made.<Object>get(member)).as(member).isEqualTo(before.get(member));
            }
            assertThat(made.getBoolean("isActive")).isTrue();
            assertThat(made.getMap("")).doesNotContainKeys("dateExpires", "replacedBy");
            assertThat(key(made.getString("id")).getMap("")).isEqualTo(made.getMap(""));
        }

        @Test
        void oldKeyStaysActiveForTheOverlap() {
            String id = rotate("""
                    {"overlap":"2h"}""").getString("id");

            JsonPath replaced = key(old);
            assertThat(replaced.getBoolean("isActive")).isTrue();
            assertThat(replaced.getString("replacedBy")).isEqualTo(id);
            assertEndsIn(replaced, Duration.ofHours(2));
            assertThat(Api.operator().get(tenant.keys()).jsonPath().getList("id"))
                    .startsWith(id, old);
        }

        @ParameterizedTest
        @CsvSource(delimiter = '|', textBlock = """
                    {} | 86400
                    {"overlap":null} | 86400
                    {"overlap":"90s"} | 90
                    {"overlap":" 5m "} | 300
                    {"overlap":"0000012h"} | 43200
                    {"overlap":"90d"} | 7776000
                    {"overlap":"7776000s"} | 7776000
                    """)
        void overlapIsANumberAndAUnit(String body, long seconds) {
            rotate(body);

            assertEndsIn(key(old), Duration.ofSeconds(seconds));
        }

        @Test
        void emptyBodyIsEnough() {
            assertThat(Api.operator().send("POST", tenant.rotation(old)).statusCode())
                    .isEqualTo(201);
        }

        @Test
        void withoutOverlapTheOldKeyEndsAtOnce() {
            rotate("""
                    {"overlap":"0d"}""");

            assertThat(key(old).getBoolean("isActive")).isFalse();
        }

        @Test
        void earlierEndOfTheOldKeyStays() {
            String end = Instant.now().plus(Duration.ofMinutes(30)).toString().substring(0, 19) + ".000Z";
            Api.operator().put(tenant.key(old), """
                    {"dateExpires":"%s"}""".formatted(end)).then().statusCode(200);

            rotate("""
                    {"overlap":"1h"}""");

            assertThat(key(old).getString("dateExpires")).isEqualTo(end);
        }

        @Test
        void laterEndOfTheOldKeyIsShortened() {
            Api.operator().put(tenant.key(old), """
                    {"dateExpires":"2080-01-01T00:00:00Z"}""").then().statusCode(200);

            JsonPath made = rotate("""
                    {"overlap":"1h"}""");

            assertEndsIn(key(old), Duration.ofHours(1));
            assertThat(made.getMap("")).as("the end is the old key's").doesNotContainKey("dateExpires");
        }

        @Test
        void newKeyMayHaveAnEnd() {
            assertThat(rotate("""
                    {"dateExpires":"2080-01-01T00:00:00.123Z"}""").getString("dateExpires")).isEqualTo("2080-01-01T00:00:00.123Z");
        }

        @Test
        void useCaseIsKept() {
            String special = tenant.newKey("""
                    {"name":"special","useCase":"profiling"}""");

            assertThat(tenant.apiKey("project:admin")
                            .post(tenant.rotation(special), "{}")
                            .statusCode())
                    .isEqualTo(404);
            assertThat(tenant.rotate(special, "{}").jsonPath().getString("useCase"))
                    .isEqualTo("profiling");
        }

        @Test
        void dsnNamesTheIngestHostOfTheRequest() {
            Response made = Api.operator().post(tenant.rotation(old) + "?ingest=eu-west", "{}");

            assertThat(made.jsonPath().getString("dsn.public")).contains("@eu.example.com/");
        }

        @Test
        void successorCanBeRotatedAgain() {
            String second = rotate("{}").getString("id");
            String third = tenant.rotate(second, "{}").jsonPath().getString("id");

            assertThat(key(old).getString("replacedBy")).isEqualTo(second);
            assertThat(key(second).getString("replacedBy")).isEqualTo(third);
            assertThat(Api.operator().get(tenant.named("app")).jsonPath().getString("id"))
                    .isEqualTo(third);
        }

        private JsonPath rotate(String body) {
            Response answer = tenant.rotate(old, body);
            assertThat(answer.statusCode()).as(answer.asString()).isEqualTo(201);
            return answer.jsonPath();
        }

        private void assertEndsIn(JsonPath key, Duration overlap) {
            assertThat(Instant.parse(key.getString("dateExpires")))
                    .isBetween(
                            Instant.now().plus(overlap).minus(Duration.ofMinutes(1)),
                            Instant.now().plus(overlap).plusSeconds(1));
        }
    }

    @Nested
    class Refused {

        @ParameterizedTest
        @CsvSource(delimiter = '|', textBlock = """
                    {"overlap":"91d"} | {"overlap":["Ensure this value is at most 90d."]}
                    {"overlap":"7776001s"} | {"overlap":["Ensure this value is at most 90d."]}
                    {"overlap":"12345678s"} | {"overlap":["Ensure this field has no more than 8 characters."]}
                    {"overlap":"24"} | {"overlap":["Use a number and a unit, such as 30m, 24h or 7d."]}
                    {"overlap":24} | {"overlap":["Use a number and a unit, such as 30m, 24h or 7d."]}
                    {"overlap":"1w"} | {"overlap":["Use a number and a unit, such as 30m, 24h or 7d."]}
                    {"overlap":"-1h"} | {"overlap":["Use a number and a unit, such as 30m, 24h or 7d."]}
                    {"overlap":"1.5h"} | {"overlap":["Use a number and a unit, such as 30m, 24h or 7d."]}
                    {"overlap":"１h"} | {"overlap":["Use a number and a unit, such as 30m, 24h or 7d."]}
                    {"overlap":""} | {"overlap":["This field may not be blank."]}
                    {"dateExpires":"2020-01-01T00:00:00Z"} | {"dateExpires":["Ensure this date is in the future."]}
                    {"dateExpires":"3000-01-01T00:00:00Z"} | {"dateExpires":["Ensure this date is at most 100 years ahead."]}
                    [] | {"non_field_errors":["Invalid data. Expected a dictionary, but got list."]}
                    """)
        void invalidBodyChangesNothing(String body, String expected) {
            assertUnchanged(tenant.rotate(old, body), 400, expected);
        }

        @Test
        void keyThatIsOffIsAConflict() {
            Api.operator().put(tenant.key(old), """
                    {"isActive":false}""");

            assertUnchanged(tenant.rotate(old, "{}"), 409, """
                    {"detail":"The client key is inactive."}""");
        }

        @Test
        void expiredKeyIsAConflict() {
            old = tenant.newExpiredKey("short");

            assertUnchanged(tenant.rotate(old, "{}"), 409, """
                    {"detail":"The client key has expired."}""");
        }

        @Test
        void replacedKeyIsAConflictThatNamesItsSuccessor() {
            String successor = tenant.rotate(old, "{}").jsonPath().getString("id");

            assertUnchanged(tenant.rotate(old, "{}"), 409, """
                    {"detail":"The client key was replaced already.","replacedBy":"%s"}""".formatted(successor));
        }

        @Test
        void keyOfAnotherProjectIsNotFound() {
            Tenant other = Tenant.create();

            assertThat(other.rotate(old, "{}").statusCode()).isEqualTo(404);
            assertThat(key(old).getMap("")).doesNotContainKey("replacedBy");
        }

        @ParameterizedTest
        @CsvSource({"project:read,403", "project:admin,201", "project:write,201"})
        void callerNeedsTheScopeToWrite(String scope, int status) {
            assertThat(tenant.apiKey(scope).post(tenant.rotation(old), "{}").statusCode())
                    .isEqualTo(status);
        }

        @Test
        void strangerIsRefused() {
            assertThat(Api.anonymous().post(tenant.rotation(old), "{}").statusCode())
                    .isEqualTo(401);
            assertThat(Tenant.create()
                            .apiKey("project:admin")
                            .post(tenant.rotation(old), "{}")
                            .statusCode())
                    .isEqualTo(403);
        }

        @Test
        void unknownKeyIsNotFoundWhateverTheBody() {
            String nobody = "00000000000000000000000000000000";

            assertThat(tenant.rotate(nobody, "{}").statusCode()).isEqualTo(404);
            assertThat(tenant.rotate(nobody, "{").statusCode()).isEqualTo(404);
            assertThat(tenant.rotate("%00", "{}").statusCode()).isEqualTo(404);
        }

        private void assertUnchanged(Response answer, int status, String body) {
            assertThat(answer.statusCode()).as(answer.asString()).isEqualTo(status);
            assertThat(answer.asString()).isEqualTo(body);
            assertThat(Api.operator().get(tenant.keys()).jsonPath().getList("name"))
                    .filteredOn(key(old).getString("name")::equals)
                    .hasSize(body.contains("replacedBy") ? 2 : 1);
        }
    }

    @Nested
    class Repeated {

        @Test
        void sameRequestGetsTheSameKey() {
            Response first = rotate("once", "{}");
            Response second = rotate("once", "{}");

            assertThat(first.statusCode()).as(first.asString()).isEqualTo(201);
            assertThat(second.statusCode()).isEqualTo(201);
            assertThat(second.header("Idempotency-Replayed")).isEqualTo("true");
            assertThat(second.asString()).isEqualTo(first.asString());
        }

        @Test
        void otherBodyIsRefused() {
            rotate("once", "{}");

            assertThat(rotate("once", """
                    {"overlap":"1h"}""").statusCode()).isEqualTo(422);
        }

        @Test
        void removedSuccessorIsGone() {
            String id = rotate("once", "{}").jsonPath().getString("id");
            Api.operator().delete(tenant.key(id)).then().statusCode(204);

            assertThat(rotate("once", "{}").statusCode()).isEqualTo(410);
        }

        @Test
        void keyStandsForOneRotatedKeyOnly() {
            String other = tenant.newKey("""
                    {"name":"other"}""");

            String successor = rotate("once", "{}").jsonPath().getString("id");
            old = other;
            Response second = rotate("once", "{}");

            assertThat(second.statusCode()).isEqualTo(201);
            assertThat(second.header("Idempotency-Replayed")).isNull();
            assertThat(second.jsonPath().getString("id")).isNotEqualTo(successor);
        }

        @Test
        void refusedRequestLeavesTheKeyFree() {
            Api.operator().put(tenant.key(old), """
                    {"isActive":false}""");
            assertThat(rotate("once", "{}").statusCode()).isEqualTo(409);
            Api.operator().put(tenant.key(old), """
                    {"isActive":true}""");

            assertThat(rotate("once", "{}").statusCode()).isEqualTo(201);
        }

        private Response rotate(String key, String body) {
            return Api.operator()
                    .request()
                    .header("Idempotency-Key", key)
                    .contentType("application/json")
                    .body(body)
                    .post(tenant.rotation(old));
        }
    }

    @Nested
    class Audited {

        @Test
        void bothKeysAreRotatedByTheCaller() {
            Api writer = tenant.apiKey("project:write");
            String id = writer.post(tenant.rotation(old), """
                    {"overlap":"1h"}""").jsonPath().getString("id");

            JsonPath log = log();
            assertThat(log.getList("rows.event").subList(0, 3))
                    .isEqualTo(List.of("projectkey.rotate", "projectkey.rotate", "api-key.create"));
            assertThat(log.<String>getList("rows.note").subList(0, 2))
                    .containsExactlyInAnyOrder("rotated project key " + old, "rotated project key " + id);
            assertThat(log.<String>getList("rows.actor.name").subList(0, 2))
                    .containsOnly(writer.get("auth/").jsonPath().getString("id"));
            JsonPath ofOld = entry(old);
            assertThat(ofOld.<String, Object>getMap("data.before"))
                    .containsOnlyKeys("replaced_by", "date_expires")
                    .containsEntry("replaced_by", null);
            assertThat(ofOld.getString("data.after.replaced_by")).isEqualTo(id);
            JsonPath ofNew = entry(id);
            assertThat(ofNew.<Object>get("data.before")).isNull();
            assertThat(ofNew.getString("data.after.label")).isEqualTo("app");
        }

        @Test
        void keyedRotationIsAuditedAlike() {
            Api.operator()
                    .request()
                    .header("Idempotency-Key", "once")
                    .post(tenant.rotation(old))
                    .then()
                    .statusCode(201);

            assertThat(log().getList("rows.event").subList(0, 3))
                    .isEqualTo(List.of("projectkey.rotate", "projectkey.rotate", "projectkey.create"));
        }

        @Test
        void removalOfTheSuccessorIsTheRemoversEdit() {
            String id = tenant.rotate(old, "{}").jsonPath().getString("id");
            Api admin = tenant.apiKey("project:admin");
            admin.delete(tenant.key(id)).then().statusCode(204);

            JsonPath log = log();
            assertThat(log.<String>getList("rows.event").subList(0, 2))
                    .containsExactlyInAnyOrder("projectkey.remove", "projectkey.edit");
            assertThat(log.<String>getList("rows.actor.name").subList(0, 2))
                    .containsOnly(admin.get("auth/").jsonPath().getString("id"));
            assertThat(entry(old).<String, Object>getMap("data.after"))
                    .isEqualTo(java.util.Collections.singletonMap("replaced_by", null));
        }

        private JsonPath log() {
            return Api.operator()
                    .get(tenant.path("organizations/{o}/audit-logs/"))
                    .jsonPath();
        }

        private JsonPath entry(String id) {
            List<Map<String, Object>> rows = log().getList("rows");
            for (int i = 0; i < rows.size(); i++) {
                if (rows.get(i).get("note").toString().endsWith(id)) {
                    return log().setRootPath("rows[" + i + "]");
                }
            }
            throw new AssertionError("no entry of " + id);
        }
    }

    private JsonPath key(String id) {
        return Api.operator().get(tenant.key(id)).jsonPath();
    }
}
