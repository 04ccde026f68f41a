package dev.countersign.gate.count;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.gate.count.CountedDatabase.Replica;
import dev.countersign.gate.known.KnownKey;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** How many events the replicas of a gate pass together in a window. */
class RateLimitTest {

    /** As long as a window may be. The clocks of the replicas begin at noon, so that it ends during no test. */
    private static final int DAY = 86_400;

    private static final AtomicLong IDS = new AtomicLong();

    @RegisterExtension
    static final CountedDatabase DATABASE = new CountedDatabase();

    @Test
    void oneReplicaKeepsTheLimit() {
        Replica replica = DATABASE.replica();
        KnownKey key = key(DAY, 5);

        assertThat(passed(replica, key, 20)).isEqualTo(5);
        replica.flush();
        assertThat(passed(replica, key, 20)).isZero();
    }

    @Test
    void refusalSaysTheSecondsUntilTheWindowEnds() {
        Replica replica = DATABASE.replica();
        KnownKey key = key(DAY, 1);
        replica.counts().admit(key, true);

        int wait = replica.counts().admit(key, true);

        assertThat(wait).as("from noon on").isBetween(DAY / 2 - 600, DAY / 2);
    }

    @Test
    void unlimitedEventsAndKeysPass() {
        Replica replica = DATABASE.replica();
        KnownKey key = key(DAY, 5);

        assertThat(IntStream.range(0, 20)
                        .filter(i -> replica.counts().admit(key, false) == 0)
                        .count())
                .isEqualTo(20);
        assertThat(passed(replica, key(0, 0), 20)).isEqualTo(20);
        assertThat(passed(replica, key, 20)).as("those did not count").isEqualTo(5);
    }

    /** The overshoot is what the others passed since they last told: here one interval of 60 events each. */
    @Test
    void threeReplicasOvershootByOneIntervalAtMost() {
        List<Replica> replicas = Stream.generate(DATABASE::replica).limit(3).toList();
        KnownKey key = key(DAY, 100);

        long first =
                replicas.stream().mapToLong(replica -> passed(replica, key, 60)).sum();
        replicas.forEach(Replica::flush);
        replicas.forEach(replica -> passed(replica, key, 60));
        long later =
                replicas.stream().mapToLong(replica -> passed(replica, key, 60)).sum();

        assertThat(first).isEqualTo(180);
        assertThat(later).isZero();
    }

    @Test
    void overshootOfSteadyTrafficIsOneIntervalOfTheOthers() {
        List<Replica> replicas = Stream.generate(DATABASE::replica).limit(3).toList();
        KnownKey key = key(DAY, 1_000);

        long passed = 0;
        for (int interval = 0; interval < 60; interval++) {
            for (Replica replica : replicas) {
                passed += passed(replica, key, 10);
                replica.flush();
            }
        }

        assertThat(passed).isBetween(1_000L, 1_020L);
    }

    @Test
    void refusedEventsDoNotCount() throws SQLException {
        Replica replica = DATABASE.replica();
        KnownKey key = key(DAY, 5);
        passed(replica, key, 100);
        replica.counts().rejected(key);

        assertThat(replica.flush()).extracting(WindowTotal::total).containsExactly(5L);
        assertThat(single("select count from key_window where key_id = " + key.id))
                .isEqualTo("5");
    }

    @Test
    void loadedKeyKnowsWhatOthersPassed() {
        Replica first = DATABASE.replica();
        Replica second = DATABASE.replica();
        KnownKey key = key(DAY, 10);
        passed(first, key, 7);
        WindowTotal total = first.flush().get(0);

        second.counts().loaded(second.own(key), total.startMillis(), total.total());

        assertThat(passed(second, key, 10)).isEqualTo(3);
    }

    @Test
    void windowThatIsOverDoesNotCount() {
        Replica replica = DATABASE.replica();
        KnownKey key = key(DAY, 10);

        replica.counts().loaded(key, LimitWindow.at(0, DAY).startMillis, 10);

        assertThat(passed(replica, key, 20)).isEqualTo(10);
    }

    @Test
    void changedLimitCountsTheSameWindow() {
        Replica replica = DATABASE.replica();
        KnownKey key = key(DAY, 5);
        passed(replica, key, 5);

        KnownKey raised = KeyFixture.key(key.id, DAY, 8);

        assertThat(passed(replica, raised, 20)).isEqualTo(3);
    }

    @Test
    void windowUnderTwoIntervalsIsCountedByEachReplicaAlone() throws SQLException {
        Replica replica = DATABASE.replica();
        KnownKey key = key(1, 1_000_000);
        passed(replica, key, 5);

        assertThat(replica.flush()).isEmpty();
        assertThat(single("select count(*)::text from key_window where key_id = " + key.id))
                .isEqualTo("0");
        assertThat(single("select accepted from key_last_seen where key_id = " + key.id))
                .isEqualTo("5");
    }

    @Test
    void unansweredFlushCountsOnce() throws SQLException {
        Replica replica = DATABASE.replica();
        KnownKey key = key(DAY, 10);
        passed(replica, key, 4);
        replica.flushUnanswered();
        passed(replica, key, 1);
        replica.flush();
        replica.flush();

        assertThat(single("select count from key_window where key_id = " + key.id))
                .isEqualTo("5");
        assertThat(single("select accepted from key_last_seen where key_id = " + key.id))
                .isEqualTo("5");
        assertThat(passed(replica, key, 20)).as("what is left of the limit").isEqualTo(5);
    }

    @Test
    void flushInVainDoesNotRaiseTheLimitOfItsReplica() {
        Replica replica = DATABASE.replica();
        KnownKey key = key(DAY, 10);
        passed(replica, key, 4);
        replica.flushInVain();

        assertThat(passed(replica, key, 20)).isEqualTo(6);
    }

    @Test
    void flushInVainIsAddedLater() throws SQLException {
        Replica replica = DATABASE.replica();
        KnownKey key = key(DAY, 10);
        passed(replica, key, 8);
        replica.flushInVain();
        passed(replica, key, 4);
        replica.flush();
        replica.flush();

        assertThat(single("select count from key_window where key_id = " + key.id))
                .isEqualTo("10");
        assertThat(single("select accepted || ' ' || limited from key_last_seen where key_id = " + key.id))
                .isEqualTo("10 2");
    }

    /** Another replica passes events between the statement whose answer is lost and its repetition. */
    @Test
    void repeatedFlushKeepsTheEventsOfOthers() {
        Replica first = DATABASE.replica();
        Replica second = DATABASE.replica();
        KnownKey key = key(DAY, 20);
        passed(first, key, 4);
        first.flushUnanswered();
        passed(second, key, 5);
        second.flush();
        first.flush();
        passed(first, key, 1);
        first.flush();

        assertThat(passed(first, key, 50)).as("20 - 4 - 5 - 1").isEqualTo(10);
    }

    private static long passed(Replica replica, KnownKey key, int attempts) {
        KnownKey own = replica.own(key);
        return IntStream.range(0, attempts)
                .filter(i -> replica.counts().admit(own, true) == 0)
                .count();
    }

    private static KnownKey key(int window, int count) {
        return KeyFixture.key(IDS.incrementAndGet(), window, count);
    }

    private static String single(String query) throws SQLException {
        return DATABASE.postgres().single(query);
    }
}
