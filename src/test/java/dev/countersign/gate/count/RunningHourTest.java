package dev.countersign.gate.count;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.gate.count.CountedDatabase.Replica;
import dev.countersign.gate.known.KnownKey;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The hour that runs stands beside the last use of a key, so that an interval writes one row a key. */
class RunningHourTest {

    @RegisterExtension
    static final CountedDatabase DATABASE = new CountedDatabase();

    private static final AtomicLong IDS = new AtomicLong(1_000);

    private final Replica replica = DATABASE.replica();

    @Test
    void countsOfTheRunningHourAreInNoOtherTable() throws SQLException {
        KnownKey key = key();
        countAt(replica, key, "2026-11-02T10:00:00Z");
        countAt(replica, key, "2026-11-02T10:59:59Z");

        assertThat(stored(key)).isEmpty();
        assertThat(running(key)).isEqualTo("10:00 2");
    }

    @Test
    void hourThatEndedIsStored() throws SQLException {
        KnownKey key = key();
        countAt(replica, key, "2026-11-02T10:00:00Z");
        countAt(replica, key, "2026-11-02T10:59:59Z");
        countAt(replica, key, "2026-11-02T11:00:00Z");
        countAt(replica, key, "2026-11-02T13:00:00Z");

        assertThat(stored(key)).containsExactly("10:00 2", "11:00 1");
        assertThat(running(key)).isEqualTo("13:00 1");
        assertThat(sum(key)).isEqualTo("4");
    }

    /** The database takes the counts of a replica after another replica has counted in the next hour. */
    @Test
    void lateCountsAreOfTheirHour() throws SQLException {
        KnownKey key = key();
        Replica other = DATABASE.replica();
        countAt(replica, key, "2026-11-02T10:59:58Z");
        replica.setClock(Instant.parse("2026-11-02T10:59:59Z"));
        replica.counts().admit(key, true);
        replica.flushInVain();
        countAt(other, other.own(key), "2026-11-02T11:00:00Z");
        replica.flush();
        replica.flush();

        assertThat(stored(key)).containsExactly("10:00 2");
        assertThat(running(key)).isEqualTo("11:00 1");
        assertThat(DATABASE.postgres().single("""
                        select to_char(last_seen at time zone 'UTC', 'HH24:MI') || ' ' || accepted from key_last_seen
                        where key_id = %d""".formatted(key.id))).isEqualTo("11:00 3");
    }

    /** A replica of the version before adds to the stored hour, and knows nothing of the running one. */
    @Test
    void replicaOfAnEarlierVersionCountsBeside() throws SQLException {
        KnownKey key = key();
        countAt(replica, key, "2026-11-02T10:00:01Z");
        addAsBefore(key, "2026-11-02T10:00:02Z");
        addAsBefore(key, "2026-11-02T11:00:00Z");
        countAt(replica, key, "2026-11-02T11:00:01Z");

        assertThat(DATABASE.hours(key)).containsExactly("10:00 2", "11:00 2");
        assertThat(sum(key)).isEqualTo("4");
        assertThat(DATABASE.postgres().single("""
                        select seen_minute || '' from key_last_seen where key_id = %d""".formatted(key.id))).isEqualTo("2026-11-02 11:00:00");
    }

    /** Two replicas count the same keys while one hour after another ends, in the order and against the order of the hours. */
    @Test
    void replicasDoNotLockEachOtherOutWhenHoursEnd() throws SQLException {
        List<KnownKey> keys = Stream.generate(RunningHourTest::key).limit(500).toList();

        CompletableFuture.allOf(
                        CompletableFuture.runAsync(() -> countHours(DATABASE.replica(), keys, 0, 1)),
                        CompletableFuture.runAsync(() -> countHours(DATABASE.replica(), keys, 19, -1)))
                .join();

        assertThat(DATABASE.hours(keys.get(0))).hasSize(20).allMatch(hour -> hour.endsWith(":00 2"));
        assertThat(DATABASE.hours(keys.get(499))).isEqualTo(DATABASE.hours(keys.get(0)));
        assertThat(sum(keys.get(250))).isEqualTo("40");
    }

    private static void countHours(Replica one, List<KnownKey> keys, int first, int step) {
        for (int i = 0; i < 20; i++) {
            one.setClock(Instant.parse("2026-11-02T00:30:00Z").plusSeconds(3_600L * (first + i * step)));
            keys.forEach(key -> one.counts().admit(one.own(key), true));
            one.flush();
        }
    }

    private static void countAt(Replica replica, KnownKey key, String time) {
        replica.setClock(Instant.parse(time));
        replica.counts().admit(key, true);
        replica.flush();
    }

    private static void addAsBefore(KnownKey key, String time) throws SQLException {
        DATABASE.postgres().execute("""
                insert into key_usage_hour as stored values (%1$d, date_trunc('hour', timestamptz '%2$s', 'UTC'), 1, 0, 0)
                on conflict (key_id, bucket) do update set accepted = stored.accepted + excluded.accepted;
                update key_last_seen set last_seen = '%2$s', accepted = accepted + 1 where key_id = %1$d""".formatted(key.id, time));
    }

    private static List<String> stored(KnownKey key) throws SQLException {
        return DATABASE.postgres().texts("""
                select to_char(bucket at time zone 'UTC', 'HH24:MI') || ' ' || accepted from key_usage_hour
                where key_id = %d order by bucket""".formatted(key.id));
    }

    private static String running(KnownKey key) throws SQLException {
        return DATABASE.postgres().single("""
                select to_char(hour at time zone 'UTC', 'HH24:MI') || ' ' || hour_accepted from key_last_seen
                where key_id = %d""".formatted(key.id));
    }

    private static String sum(KnownKey key) throws SQLException {
        return DATABASE.postgres().single("select accepted::text from key_last_seen where key_id = " + key.id);
    }

    private static KnownKey key() {
        return KeyFixture.key(IDS.incrementAndGet(), 0, 0);
    }
}
