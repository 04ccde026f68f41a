package dev.countersign.projectkey;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.testsupport.Api;
import dev.countersign.testsupport.Poll;
import dev.countersign.testsupport.WithTenant;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The end of a client key: its form, and what an expired key is in each answer and to each change. */
@QuarkusTest
class KeyExpiryTest extends WithTenant {

    private static final String IN_THE_PAST = """
            {"dateExpires":["Ensure this date is in the future."]}""";
    private static final String TOO_FAR = """
            {"dateExpires":["Ensure this date is at most 100 years ahead."]}""";
    private static final String MALFORMED = """
            {"dateExpires":["Datetime has wrong format. Use 2030-01-31T00:00:00Z."]}""";

    @Nested
    class Create {

        @ParameterizedTest
        @CsvSource(delimiter = '|', textBlock = """
                    2080-01-31T00:00:00Z | 2080-01-31T00:00:00.000Z
                    2080-01-31t10:20:30z | 2080-01-31T10:20:30.000Z
                    2080-01-31T10:20:30+02:00 | 2080-01-31T08:20:30.000Z
                    2080-01-31T10:20:30.1Z | 2080-01-31T10:20:30.100Z
                    2080-01-31T10:20:30.123456789Z | 2080-01-31T10:20:30.123Z
                    2080-01-31T10:20:30.999999999-00:30 | 2080-01-31T10:50:30.999Z
                    """)
        void endIsKeptToTheMillisecond(String sent, String shown) {
            Response created = create(sent);

            assertThat(created.statusCode()).as(created.asString()).isEqualTo(201);
            assertThat(created.jsonPath().getString("dateExpires")).isEqualTo(shown);
            assertThat(created.jsonPath().getBoolean("isActive")).isTrue();
            assertThat(Api.operator()
                            .get(tenant.key(created.jsonPath().getString("id")))
                            .asString())
                    .isEqualTo(created.asString());
        }

        @Test
        void endIsShownOnlyWhereThereIsOne() {
            Response without = Api.operator().post(tenant.keys(), "{}");
            Response withNull = Api.operator().post(tenant.keys(), """
                    {"dateExpires":null}""");

            assertThat(without.jsonPath().getMap("")).doesNotContainKeys("dateExpires", "replacedBy");
            assertThat(withNull.statusCode()).isEqualTo(201);
            assertThat(withNull.jsonPath().getMap("")).doesNotContainKeys("dateExpires", "replacedBy");
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "2080-01-31",
                    "2080-01-31T00:00Z",
                    "2080-01-31T00:00:00",
                    "2080-01-31T00:00:60Z",
                    "2080-02-30T00:00:00Z",
                    "2080-01-31T24:00:00Z",
                    "2080-01-31T00:00:00.Z",
                    "2080-01-31T00:00:00.1234567890Z",
                    "2080-01-31T00:00:00+0200",
                    "2080-01-31T00:00:00+19:00",
                    "2080-01-31 00:00:00Z",
                    "12080-01-31T00:00:00Z",
                    "tomorrow"
                })
        void malformedEndIsRefused(String sent) {
            assertRefused(create(sent), MALFORMED);
        }

        @Test
        void endInThePastIsRefused() {
            assertRefused(create("2020-01-31T00:00:00Z"), IN_THE_PAST);
            assertRefused(create(Instant.now().minusMillis(1).toString()), IN_THE_PAST);
            assertRefused(create("0001-01-01T00:00:00Z"), IN_THE_PAST);
        }

        @Test
        void endInMoreThanAHundredYearsIsRefused() {
            Instant limit =
                    Instant.now().atOffset(ZoneOffset.UTC).plusYears(100).toInstant();

            assertThat(create(limit.minus(Duration.ofMinutes(1)).toString()).statusCode())
                    .isEqualTo(201);
            assertRefused(create(limit.plus(Duration.ofMinutes(1)).toString()), TOO_FAR);
            assertRefused(create("9999-12-31T23:59:59Z"), TOO_FAR);
        }

        @ParameterizedTest
        @CsvSource(delimiter = '|', textBlock = """
                    5 | Datetime has wrong format. Use 2030-01-31T00:00:00Z.
                    true | Not a valid string.
                    [] | Not a valid string.
                    "" | This field may not be blank.
                    """)
        void otherTypesAreRefused(String json, String message) {
            assertRefused(Api.operator().post(tenant.keys(), """
                    {"dateExpires":%s}""".formatted(json)), """
                    {"dateExpires":["%s"]}""".formatted(message));
        }

        private Response create(String dateExpires) {
            return Api.operator().post(tenant.keys(), """
                    {"dateExpires":"%s"}""".formatted(dateExpires));
        }

        private void assertRefused(Response answer, String body) {
            KeyExpiryTest.assertRefused(answer, body);
            assertThat(Api.operator().get(tenant.keys()).jsonPath().getList("name"))
                    .doesNotContain("refused")
                    .contains("Default");
        }
    }

    @Nested
    class Expired {

        private String id;

        @BeforeEach
        void createExpiredKey() {
            id = tenant.newExpiredKey("app");
        }

        @Test
        void isInactiveInEveryAnswer() {
            assertThat(key().getBoolean("isActive")).isFalse();
            assertThat(active(tenant.keys())).containsExactly(false, true);
            assertThat(active("organizations/" + tenant.organization() + "/project-keys/"))
                    .containsExactly(false, true);
        }

        @Test
        void isListedAsInactive() {
            for (String list : List.of(tenant.keys(), "organizations/" + tenant.organization() + "/project-keys/")) {
                assertThat(names(list + "?status=active")).containsExactly("Default");
                assertThat(names(list + "?status=inactive")).containsExactly("app");
            }
        }

        @Test
        void isNotTheKeyOfItsName() {
            assertThat(Api.operator().get(tenant.named("app")).statusCode()).isEqualTo(404);
            assertThat(Api.operator().get(tenant.named("app") + "env/").statusCode())
                    .isEqualTo(404);
            assertThat(Api.operator()
                            .get(tenant.environment(tenant.project() + "/app"))
                            .statusCode())
                    .isEqualTo(404);
        }

        @Test
        void isNotTheOldestKeyOfItsProject() {
            String oldest = Api.operator().get(tenant.keys()).jsonPath().getString("[1].id");
            Api.operator().delete(tenant.key(oldest)).then().statusCode(204);
            assertThat(Api.operator().get(tenant.environment(tenant.project())).statusCode())
                    .isEqualTo(404);

            tenant.newKey("{}");
            assertThat(Api.operator()
                            .get(tenant.environment(tenant.project()))
                            .jsonPath()
                            .getString("SENTRY_DSN"))
                    .doesNotContain(id);
        }

        @ParameterizedTest
        @ValueSource(strings = {"null", "\"2080-01-01T00:00:00Z\""})
        void revivesWithALaterEndOrNone(String end) {
            JsonPath changed = put("""
                    {"dateExpires":%s}""".formatted(end), 200);

            assertThat(changed.getBoolean("isActive")).isTrue();
            assertThat(Api.operator().get(tenant.named("app")).jsonPath().getString("id"))
                    .isEqualTo(id);
        }

        @Test
        void wholeAnswerMayBeSentBack() {
            String answer = Api.operator().get(tenant.key(id)).asString();

            assertThat(Api.operator().put(tenant.key(id), answer).asString()).isEqualTo(answer);
            assertThat(put("""
                    {"dateExpires":null}""", 200).getBoolean("isActive"))
                    .as("isActive: false was not stored")
                    .isTrue();
        }

        @Test
        void switchingOffStoresNothing() {
            put("""
                    {"isActive":false,"name":"renamed"}""", 200);

            assertThat(key().getString("name")).isEqualTo("renamed");
            assertThat(put("""
                    {"dateExpires":null}""", 200).getBoolean("isActive")).isTrue();
        }

        @Test
        void switchingOffTogetherWithAnotherEndIsStored() {
            assertThat(put("""
                    {"isActive":false,"dateExpires":null}""", 200).getBoolean("isActive")).isFalse();
            assertThat(put("""
                    {"dateExpires":"2080-01-01T00:00:00Z"}""", 200).getBoolean("isActive")).isFalse();
        }

        @Test
        void cannotBeSwitchedOnWithoutAnotherEnd() {
            String end = key().getString("dateExpires");

            for (String body : List.of("""
                    {"isActive":true,"name":"other"}""", """
                    {"isActive":true,"name":"other","dateExpires":"%s"}""".formatted(end))) {
                assertRefused(Api.operator().put(tenant.key(id), body), """
                        {"isActive":["The client key has expired. Send a later dateExpires, or null, in the same request."]}""");
            }
            assertThat(key().getString("name")).isEqualTo("app");
        }

        @Test
        void isSwitchedOnTogetherWithAnotherEnd() {
            put("""
                    {"isActive":false,"dateExpires":null}""", 200);

            assertThat(put("""
                    {"isActive":true,"dateExpires":"2080-01-01T00:00:00Z"}""", 200).getBoolean("isActive")).isTrue();
        }

        @Test
        void anotherEndInThePastIsRefused() {
            assertRefused(Api.operator().put(tenant.key(id), """
                    {"dateExpires":"2020-01-01T00:00:00Z"}"""), IN_THE_PAST);
        }

        @Test
        void equalEndIsNoChangeHoweverItIsWritten() {
            Instant end = Instant.parse(key().getString("dateExpires"));
            // Unlike toString(), this writes the seconds of a whole minute.
            String elsewhere = DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(end.atOffset(ZoneOffset.ofHours(5)));

            assertThat(put("""
                    {"dateExpires":"%s"}""".formatted(elsewhere), 200).getString("dateExpires"))
                    .isEqualTo(key().getString("dateExpires"));
        }

        @Test
        void isChangedAndRemovedLikeAnyOther() {
            assertThat(put("""
                    {"rateLimit":{"window":60,"count":5}}""", 200).getInt("rateLimit.count")).isEqualTo(5);
            Api.operator().delete(tenant.key(id)).then().statusCode(204);
        }

        private JsonPath key() {
            return Api.operator().get(tenant.key(id)).jsonPath();
        }

        private JsonPath put(String json, int status) {
            return KeyExpiryTest.this.put(id, json, status);
        }
    }

    @Nested
    class Update {

        private String id;

        @BeforeEach
        void createKey() {
            id = tenant.newKey("""
                    {"name":"app","dateExpires":"2080-01-01T00:00:00Z"}""");
        }

        @Test
        void nullRemovesTheEnd() {
            assertThat(put(id, """
                    {"dateExpires":null}""", 200).getMap("")).doesNotContainKey("dateExpires");
        }

        @Test
        void absentEndStays() {
            assertThat(put(id, """
                    {"name":"other","isActive":false}""", 200).getString("dateExpires")).isEqualTo("2080-01-01T00:00:00.000Z");
        }

        @Test
        void switchedOffKeyStaysOffWhateverItsEnd() {
            put(id, """
                    {"isActive":false}""", 200);

            assertThat(put(id, """
                    {"dateExpires":"2090-01-01T00:00:00Z"}""", 200).getBoolean("isActive")).isFalse();
            assertThat(put(id, """
                    {"isActive":true}""", 200).getBoolean("isActive")).isTrue();
        }

        @Test
        void refusedEndChangesNothing() {
            assertRefused(Api.operator().put(tenant.key(id), """
                    {"name":"other","dateExpires":"2020-01-01T00:00:00Z"}"""), IN_THE_PAST);
            assertRefused(Api.operator().put(tenant.key(id), """
                    {"name":"other","dateExpires":"3000-01-01T00:00:00Z"}"""), TOO_FAR);
            assertRefused(Api.operator().put(tenant.key(id), """
                    {"name":"other","dateExpires":"soon"}"""), MALFORMED);

            assertThat(Api.operator().get(tenant.key(id)).jsonPath().getString("name"))
                    .isEqualTo("app");
        }

        @Test
        void refusedEndOfAnUnknownKeyIsNotFound() {
            assertThat(Api.operator()
                            .put(tenant.key("00000000000000000000000000000000"), """
                    {"dateExpires":"2020-01-01T00:00:00Z"}""")
                            .statusCode())
                    .isEqualTo(404);
        }

        @Test
        void expiryIsSeenWithoutARequestThatChangesTheKey() {
            int status = 400;
            // On a busy machine a near end may have passed when the service reads it.
            for (int seconds = 1; status == 400 && seconds < 20; seconds *= 2) {
                status = Api.operator()
                        .put(tenant.key(id), """
                                {"dateExpires":"%s"}""".formatted(Instant.now().plusSeconds(seconds)))
                        .statusCode();
            }

            assertThat(status).isEqualTo(200);
            assertThat(Poll.until(() -> names(tenant.keys() + "?status=active"), found -> found.size() == 1))
                    .containsExactly("Default");
        }
    }

    private JsonPath put(String id, String json, int status) {
        Response answer = Api.operator().put(tenant.key(id), json);
        assertThat(answer.statusCode()).as(answer.asString()).isEqualTo(status);
        return answer.jsonPath();
    }

    private static List<String> names(String list) {
        return Api.operator().get(list).jsonPath().getList("name");
    }

    private static List<Boolean> active(String list) {
        return Api.operator().get(list).jsonPath().getList("isActive");
    }

    private static void assertRefused(Response answer, String body) {
        assertThat(answer.statusCode()).as(answer.asString()).isEqualTo(400);
        assertThat(answer.asString()).isEqualTo(body);
    }
}
