package dev.countersign.usage;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.countersign.testsupport.OwnService;
import dev.countersign.testsupport.Poll;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The buckets of a client key: by hour and day, as Sentry shows them. */
class KeyStatsIT {

    private static final long MIDNIGHT = Instant.parse("2026-06-01T00:00:00Z").getEpochSecond();
    private static final int HOUR = 3_600;
    private static final int DAY = 86_400;
    private static int organizations;

    @RegisterExtension
    static final OwnService SERVICE = new OwnService(
            Map.of("COUNTERSIGN_RETENTION_INTERVAL", "200ms", "COUNTERSIGN_RETENTION_USAGE_HOURS", "3650d"));

    private UsageService usage;
    private String key;

    @BeforeEach
    void createKey() throws Exception {
        usage = UsageService.create(SERVICE, "org" + ++organizations);
        key = usage.key("App");
    }

    @Test
    void withoutParametersTwoDaysAreShown() throws Exception {
        List<JsonNode> points = usage.list(stats(""));

        assertThat(points).hasSize(2);
        assertThat(points.get(1).get("ts").asLong() - points.get(0).get("ts").asLong())
                .isEqualTo(DAY);
        assertThat(points.get(0).fieldNames())
                .toIterable()
                .containsExactly("ts", "total", "dropped", "accepted", "filtered");
    }

    @Test
    void hoursOfADayAreShown() throws Exception {
        usage.counted("key_usage_hour", key, "2026-06-01T01:00Z", 1);
        usage.counted("key_usage_hour", key, "2026-06-01T03:00Z", 5);

        String body = usage.get(stats("?resolution=1h&since=" + MIDNIGHT + "&until=" + (MIDNIGHT + 2 * HOUR)))
                .body();

        assertThat(body).isEqualTo("""
                        [{"ts":%d,"total":0,"dropped":0,"accepted":0,"filtered":0},\
                        {"ts":%d,"total":6,"dropped":2,"accepted":1,"filtered":3},\
                        {"ts":%d,"total":0,"dropped":0,"accepted":0,"filtered":0}]""".formatted(MIDNIGHT, MIDNIGHT + HOUR, MIDNIGHT + 2 * HOUR));
    }

    /** Counts of the hour that runs stand beside the last use, and those of relays in the table of hours. */
    @Test
    void hourThatRunsIsShown() throws Exception {
        usage.seen(key, "1 minute", 1, 3);
        usage.runs(key, "2026-06-01T01:00Z", 1);
        usage.counted("key_usage_hour", key, "2026-06-01T01:00Z", 10);
        usage.counted("key_usage_hour", key, "2026-06-01T02:00Z", 100);
        usage.counted("key_usage_day", key, "2026-06-01T00:00Z", 1000);
        String query = "&since=" + MIDNIGHT + "&until=" + (MIDNIGHT + 2 * HOUR);

        assertThat(usage.texts(stats("?resolution=1h" + query), "accepted")).containsExactly("0", "11", "100");
        assertThat(usage.texts(stats("?resolution=1h" + query), "dropped")).containsExactly("0", "22", "200");
        assertThat(usage.texts(stats("?resolution=1h" + query), "filtered")).containsExactly("0", "33", "300");
        assertThat(usage.texts(stats("?resolution=1d" + query), "accepted")).containsExactly("1111");
    }

    @ParameterizedTest
    @ValueSource(strings = {"1d", "24h", "1440m", "86400s"})
    void dayHoldsItsHoursAndItsMovedHours(String resolution) throws Exception {
        usage.counted("key_usage_hour", key, "2026-06-01T01:00Z", 1);
        usage.counted("key_usage_hour", key, "2026-06-01T23:00Z", 10);
        usage.counted("key_usage_day", key, "2026-06-01T00:00Z", 100);

        List<JsonNode> points = usage.list(
                stats("?resolution=" + resolution + "&since=" + (MIDNIGHT - 0.5) + "&until=" + (MIDNIGHT + 0.5)));

        assertThat(points).extracting(point -> point.get("accepted").asLong()).containsExactly(0L, 111L);
    }

    @ParameterizedTest
    @CsvSource({
        "resolution=2d",
        "resolution=10s",
        "resolution=",
        "resolution=1H",
        "since=nan",
        "until=inf",
        "since=x",
        "since=",
        "since=1e400",
        "since=2&until=1",
        "since=0&until=86400000",
        "resolution=1h&since=0&until=3600000"
    })
    void badParametersAreRefused(String query) throws Exception {
        assertThat(usage.get(stats("?" + query)).statusCode()).isEqualTo(400);
        assertThat(usage.get(stats("?" + query)).body()).isEqualTo("""
                {"detail":"Invalid request data"}""");
    }

    @Test
    void thousandPointsAreShown() throws Exception {
        assertThat(usage.list(stats("?since=0&until=" + (1_000L * DAY - 1)))).hasSize(1_000);
    }

    @Test
    void unknownKeyIsNotFound() throws Exception {
        assertThat(usage.get(usage.keys() + "0/stats/").statusCode()).isEqualTo(404);
    }

    @Test
    void hoursMoveToTheirDayAndDaysEnd() throws Exception {
        usage.seen(key, "1 minute", 111, 333);
        usage.counted("key_usage_hour", key, "2010-01-01T01:00Z", 1);
        usage.counted("key_usage_hour", key, "2010-01-01T02:00Z", 10);
        usage.counted("key_usage_hour", key, "2026-06-01T02:00Z", 100);
        SERVICE.postgres()
                .execute("insert into key_window select 1000000000 + i, now(), 60, 1 from generate_series(1, 5000) i");
        SERVICE.postgres()
                .execute("insert into key_usage_hour select 1000000000 + i, '2009-01-01Z', 1, 1, 1"
                        + " from generate_series(1, 5000) i");

        assertThat(Poll.until(
                        () -> single("select count(*)::text from key_usage_hour where bucket < '2015-01-01Z'"),
                        "0"::equals))
                .isEqualTo("0");
        assertThat(Poll.until(
                        () -> single("select count(*)::text from key_usage_day where bucket < '2015-01-01Z'"),
                        "0"::equals))
                .as("days are kept for 400 days, and removed keys have none")
                .isEqualTo("0");
        assertThat(Poll.until(
                        () -> single("select count(*)::text from key_window where key_id > 1000000000"), "0"::equals))
                .as("windows of removed keys")
                .isEqualTo("0");
        assertThat(counts("public_key = '" + key + "'")).isEqualTo("100 300");
    }

    /** A key that no longer comes, one whose last hour ended lately, and one that was removed while its events were counted. */
    @Test
    void lastHoursOfKeysMoveToo() throws Exception {
        String idle = usage.key("idle");
        String lately = usage.key("lately");
        usage.seen(idle, "11 years", 111, 333);
        usage.runs(idle, "2010-01-01T01:00Z", 11);
        usage.seen(lately, "11 years", 111, 333);
        usage.runs(lately, "2026-06-01T01:00Z", 11);
        SERVICE.postgres().execute("""
                insert into key_last_seen (key_id, organization_id, last_seen, accepted, limited, rejected, hour, hour_accepted)
                values (2000000000, 1, '2010-01-01T01:02Z', 7, 0, 0, '2010-01-01T01:00Z', 7)""");

        assertThat(Poll.until(() -> counts("label = 'idle'"), "100 300"::equals))
                .isEqualTo("100 300");
        assertThat(Poll.until(
                        () -> single("select count(*)::text from key_last_seen where key_id = 2000000000"),
                        "0"::equals))
                .as("the removed key")
                .isEqualTo("0");
        assertThat(counts("label = 'lately'")).isEqualTo("111 333");
        assertThat(usage.texts(usage.keys() + lately + "/stats/?since=" + MIDNIGHT + "&until=" + MIDNIGHT, "accepted"))
                .containsExactly("11");
    }

    private String counts(String condition) {
        return single("select accepted || ' ' || rejected from key_last_seen join project_key on id = key_id where "
                + condition + " and project_key.organization_id = (select id from organization where slug = '"
                + usage.organization() + "')");
    }

    private String stats(String query) {
        return usage.keys() + key + "/stats/" + query;
    }

    private static String single(String query) {
        try {
            return SERVICE.postgres().single(query);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
