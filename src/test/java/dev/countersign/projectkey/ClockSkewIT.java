package dev.countersign.projectkey;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.testsupport.OwnService;
import dev.countersign.testsupport.Poll;
import dev.countersign.testsupport.http.GateClient;
import dev.countersign.testsupport.http.RawHttp;
import io.restassured.path.json.JsonPath;
import java.net.http.HttpResponse;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * The clocks of the service and the database differ by an hour: only the time of the database decides. A function of another
 * schema stands in for the clock of the database.
 */
class ClockSkewIT {

    private static final String GATE_TOKEN = "token-of-the-gateways-in-the-tests";

    @RegisterExtension
    static final OwnService SERVICE =
            new OwnService(Map.of("COUNTERSIGN_GATE_PORT", "0", "COUNTERSIGN_GATE_TOKEN", GATE_TOKEN));

    private static final Duration SKEW = Duration.ofHours(1);

    private static String keys = "";

    @BeforeAll
    static void createProject() throws Exception {
        keys = SERVICE.get().newProject("skew");
        SERVICE.postgres().execute("create schema clock");
    }

    @AfterEach
    void resetClock() throws Exception {
        SERVICE.postgres().execute("alter role postgres reset search_path");
        reconnect();
    }

    @Test
    void keyEndsByAClockThatIsAhead() throws Exception {
        String id = create(Instant.now().plus(SKEW.dividedBy(2)), 201).getString("id");
        assertThat(get(id).getBoolean("isActive")).isTrue();

        moveClock(SKEW);

        assertThat(get(id).getBoolean("isActive")).isFalse();
        create(Instant.now().plus(SKEW.dividedBy(2)), 400);
        assertThat(create(Instant.now().plus(SKEW.multipliedBy(2)), 201).getBoolean("isActive"))
                .isTrue();
        assertThat(send("PUT", "/api/0/" + keys + id + "/", """
                {"isActive":true}""").statusCode()).isEqualTo(400);
    }

    @Test
    void keyEndsByAClockThatIsBehind() throws Exception {
        moveClock(SKEW.negated());

        String id = create(Instant.now().minus(SKEW.dividedBy(2)), 201).getString("id");

        assertThat(get(id).getBoolean("isActive")).isTrue();
        HttpResponse<String> rotated = send("POST", "/api/countersign/v1/" + keys + id + "/rotate/", """
                {"overlap":"1d"}""");
        assertThat(rotated.statusCode()).as(rotated.body()).isEqualTo(201);
        assertThat(Instant.parse(get(id).getString("dateExpires")))
                .as("the earlier end stays")
                .isBefore(Instant.now());
    }

    /** So replicas whose own clocks differ end a key at the same moment. */
    @Test
    void gateEndsAKeyByTheClockOfTheDatabase() throws Exception {
        JsonPath key = create(Instant.now().plus(SKEW.dividedBy(2)), 201);
        assertThat(Poll.until(() -> verdict(key), "200"::equals))
                .isEqualTo("200"); // after another test moved the clock

        moveClock(SKEW);

        assertThat(Poll.until(() -> verdict(key), "expired"::equals)).isEqualTo("expired");
    }

    /** 200, or the reason of the refusal. */
    private static String verdict(JsonPath key) {
        RawHttp.Answer answer = new GateClient(SERVICE.get().gatePort(), GATE_TOKEN)
                .nginx("/api/" + key.getLong("projectId") + "/store/?sentry_key=" + key.getString("id"));
        return answer.status() == 200 ? "200" : answer.header("X-Countersign-Reason");
    }

    /** New connections see the time of the database moved. */
    private static void moveClock(Duration by) throws Exception {
        SERVICE.postgres().execute("""
                create or replace function clock.statement_timestamp() returns timestamptz language sql stable
                as 'select pg_catalog.statement_timestamp() + interval ''%d seconds'''
                """.formatted(by.toSeconds()));
        SERVICE.postgres().execute("alter role postgres set search_path = clock, pg_catalog, public");
        reconnect();
    }

    /** Waits until the connections have ended: one that lives on has the earlier time. */
    private static void reconnect() throws SQLException {
        SERVICE.postgres()
                .execute(
                        "select pg_terminate_backend(pid, 60000) from pg_stat_activity where backend_type = 'client backend'"
                                + " and pid <> pg_backend_pid()");
    }

    private static JsonPath create(Instant end, int status) throws Exception {
        HttpResponse<String> answer = send("POST", "/api/0/" + keys, """
                {"dateExpires":"%s"}""".formatted(end));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        return new JsonPath(answer.body());
    }

    private static JsonPath get(String id) throws Exception {
        return new JsonPath(send("GET", "/api/0/" + keys + id + "/", "").body());
    }

    /** A request that meets a connection which was just cut is answered 503, and sent again. */
    private static HttpResponse<String> send(String method, String path, String json) throws Exception {
        HttpResponse<String> answer = SERVICE.get().send(method, path, json);
        for (int i = 0; i < 600 && answer.statusCode() == 503; i++) {
            Thread.sleep(50);
            answer = SERVICE.get().send(method, path, json);
        }
        return answer;
    }
}
