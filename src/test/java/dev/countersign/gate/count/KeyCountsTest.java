package dev.countersign.gate.count;

import static dev.countersign.gate.count.CountedDatabase.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.countersign.credential.Reach;
import dev.countersign.gate.count.CountedDatabase.Replica;
import dev.countersign.gate.known.KnownKey;
import dev.countersign.testsupport.postgres.PostgresProxy;
import java.lang.management.ManagementFactory;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What the gate counts arrives in the database, once. */
class KeyCountsTest {

    private static final int DAY = 86_400;
    private static final int MILLION = 1_000_000;
    private static final AtomicLong IDS = new AtomicLong();

    @RegisterExtension
    static final CountedDatabase DATABASE = new CountedDatabase();

    private final Replica replica = DATABASE.replica();

    @Test
    void eventsAreCountedByWhatTheGateAnswered() throws SQLException {
        KnownKey key = key(DAY, 2);
        for (int i = 0; i < 5; i++) {
            replica.counts().admit(key, true);
        }
        replica.counts().rejected(key);
        replica.flush();
        replica.counts().rejected(key);
        replica.flush();

        assertThat(counts(key)).isEqualTo("2 3 2");
        assertThat(single("select hour_accepted || ' ' || hour_limited || ' ' || hour_rejected || ' '"
                        + " || (hour = date_trunc('hour', hour, 'UTC')) from key_last_seen where key_id = " + key.id))
                .isEqualTo("2 3 2 true");
    }

    /** {@code accept} leaves an event over the limit to {@code admit}. */
    @Test
    void eventThatIsNotAcceptedIsNotCounted() throws SQLException {
        KnownKey key = key(DAY, 2);
        for (int i = 0; i < 5; i++) {
            boolean accepted = replica.counts().accept(key, true);
            assertThat(accepted).isEqualTo(i < 2);
        }
        assertThat(replica.counts().accept(key, false)).isTrue();
        replica.flush();

        assertThat(counts(key)).isEqualTo("3 0 0");
    }

    @Test
    void keyIsSeenWhateverTheGateAnswered() throws SQLException {
        KnownKey key = key(0, 0);
        replica.counts().rejected(key);
        replica.flush();

        assertThat(Instant.parse(
                        single("select to_char(last_seen at time zone 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS.MS\"Z\"')"
                                + " from key_last_seen where key_id = " + key.id)))
                .isBetween(NOON, NOON.plus(Duration.ofHours(1)));
    }

    /** The hour of an event is that in which the event came, however late the database takes the count. */
    @Test
    void batchThatIsSentAgainKeepsTheTimesOfItsEvents() throws SQLException {
        KnownKey key = key(0, 0);
        replica.setClock(Instant.parse("2026-11-02T10:59:30Z"));
        replica.counts().admit(key, true);
        replica.flushInVain();
        replica.setClock(Instant.parse("2026-11-02T11:00:30Z"));
        replica.counts().admit(key, true);
        replica.counts().admit(key, true);
        replica.flush();
        replica.flush();

        assertThat(DATABASE.hours(key)).containsExactly("10:00 1", "11:00 2");
    }

    /** The key was removed, and made again with the same public key, while events of the old one were still being answered. */
    @Test
    void publicKeyThatReturnsUnderAnotherIdIsCountedForBoth() throws SQLException {
        KnownKey old = key(DAY, 5);
        KnownKey fresh = KeyFixture.key(IDS.incrementAndGet(), old.publicKey(), DAY, 5);
        replica.counts().admit(old, true);
        replica.counts().admit(fresh, true);
        replica.counts().admit(old, true);
        replica.counts().admit(fresh, true);
        replica.counts().admit(fresh, true);
        replica.flush();

        assertThat(counts(old)).isEqualTo("2 0 0");
        assertThat(counts(fresh)).isEqualTo("3 0 0");
    }

    @Test
    void intervalWithoutEventsHasNothingToAdd() {
        replica.counts().admit(key(DAY, 2), true);
        replica.flush();

        assertThat(replica.counts().take().isEmpty()).isTrue();
    }

    @Test
    void removedKeyThatIsStillUsedIsCounted() throws SQLException {
        String removed = KeyFixture.publicKey(MILLION);
        DATABASE.postgres().execute("""
                insert into removed_client_key (public_key, organization_id, project_id, label, use_case)
                values ('%s', 1, 1, 'Old app', 'user')""".formatted(removed));
        for (int i = 0; i < 3; i++) {
            replica.counts().unknown(removed, Reach.EVERY_ORGANIZATION);
        }
        replica.counts().unknown(removed, Reach.of(1));
        replica.counts().unknown(KeyFixture.publicKey(MILLION + 1), Reach.EVERY_ORGANIZATION);
        replica.flush();

        assertThat(DATABASE.postgres()
                        .texts("select rejected || ' ' || (last_rejected between '" + NOON + "' and timestamptz '"
                                + NOON + "' + interval '1 hour') from removed_client_key where organization_id = 1"))
                .containsExactly("4 true");
    }

    @Test
    void removedKeyOfAnotherOrganizationIsNotCounted() throws SQLException {
        String removed = KeyFixture.publicKey(MILLION + 2);
        DATABASE.postgres().execute("""
                insert into removed_client_key (public_key, organization_id, project_id, label, use_case)
                values ('%s', 2, 1, 'Old app', 'user')""".formatted(removed));
        replica.counts().unknown(removed, Reach.of(3));
        replica.flush();

        assertThat(single("select rejected::text from removed_client_key where organization_id = 2"))
                .isEqualTo("0");
    }

    @Test
    void eventsOfAKeyThatIsOffAreCountedUntilTheKeyIsUsedAgain() throws SQLException {
        KnownKey key = key(0, 0);
        replica.counts().rejected(key);
        replica.counts().refused(key);
        replica.counts().refused(key);
        replica.flush();
        replica.counts().refused(key);
        replica.flush();

        assertThat(counts(key)).isEqualTo("0 0 4");
        assertThat(refused(key)).isEqualTo("3 true");

        replica.counts().admit(key, true);
        replica.flush();

        assertThat(refused(key)).isEqualTo("0 false");
    }

    private static String refused(KnownKey key) throws SQLException {
        return single(
                "select refused || ' ' || (last_refused is not null) from key_last_seen where key_id = " + key.id);
    }

    @Test
    void millionUnknownKeysTakeBoundedMemory() {
        LongStream.range(0, MILLION).mapToObj(KeyFixture::publicKey).forEach(publicKey -> replica.counts()
                .unknown(publicKey, Reach.EVERY_ORGANIZATION));

        assertThat(replica.counts().take().unknown()).hasSize(UnknownKeys.MAX_KEYS);
        assertThat(replica.counts().take().unknown()).isEmpty();
    }

    @Test
    void statementHoldsTheCountsOfAllKeys() {
        Stream.generate(() -> key(0, 0)).limit(60_000).forEach(key -> replica.counts()
                .admit(key, true));

        assertThat(replica.counts().take().keys()).hasSize(60_000);
    }

    /** Counts the statements on the wire. */
    @Test
    void countsOfAllKeysAreOneStatement() throws Exception {
        try (PostgresProxy network =
                new PostgresProxy(DATABASE.postgres().server().getPort())) {
            Replica remote = DATABASE.replica(network.port());
            List<KnownKey> keys =
                    Stream.generate(() -> key(DAY, 5)).limit(10_000).toList();
            for (int interval = 0; interval < 3; interval++) {
                keys.forEach(key -> remote.counts().admit(key, true));
                remote.counts().rejected(keys.get(0));
                remote.counts().unknown(KeyFixture.publicKey(0), Reach.EVERY_ORGANIZATION);
                network.takeExecuted();
                remote.flush();

                assertThat(network.takeExecuted()).hasSize(1);
            }
            assertThat(single("select count(*)::text from usage_counting")).isEqualTo("0");
            remote.counts().rejected(keys.get(0));
            remote.noteCounting();
            remote.flush();

            assertThat(network.takeExecuted())
                    .as("with the note that usage is counted")
                    .hasSize(1);
            assertThat(single("select (counted_until > now() - interval '1 minute')::text from usage_counting"))
                    .isEqualTo("true");
        }
    }

    @Test
    void keyThatWasIdleIsCountedAgain() {
        KnownKey key = key(0, 0);
        replica.counts().admit(key, true);
        IntStream.range(0, 70).forEach(i -> replica.counts().take());
        replica.counts().admit(key, true);

        assertThat(replica.counts().take().keys())
                .extracting(CountBatch.OfKey::accepted)
                .containsExactly(1L);
    }

    /** Two replicas add counts of the same keys at the same time, each 20 times. */
    @Test
    void concurrentReplicasDoNotLockEachOtherOut() throws SQLException {
        List<KnownKey> keys =
                Stream.generate(() -> key(DAY, MILLION)).limit(1_000).toList();

        CompletableFuture.allOf(Stream.generate(DATABASE::replica)
                        .limit(2)
                        .map(one -> CompletableFuture.runAsync(() -> addRepeatedly(one, keys)))
                        .toArray(CompletableFuture[]::new))
                .join();

        assertThat(single("select string_agg(distinct accepted::text, ' ') from key_last_seen where key_id between "
                        + keys.get(0).id + " and " + keys.get(999).id))
                .isEqualTo("40");
        assertThat(single("select string_agg(distinct count::text, ' ') from key_window where key_id between "
                        + keys.get(0).id + " and " + keys.get(999).id))
                .isEqualTo("40");
    }

    private static void addRepeatedly(Replica one, List<KnownKey> keys) {
        for (int i = 0; i < 20; i++) {
            keys.forEach(key -> one.counts().admit(one.own(key), true));
            one.flush();
        }
    }

    @Test
    void eventsOfAKnownKeyAllocateNothing() {
        KnownKey limited = key(DAY, Integer.MAX_VALUE);
        KnownKey full = key(DAY, 1);
        KnownKey unlimited = key(0, 0);
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        admitAll(limited, full, unlimited);

        long before = threads.getThreadAllocatedBytes(Thread.currentThread().getId());
        admitAll(limited, full, unlimited);
        long after = threads.getThreadAllocatedBytes(Thread.currentThread().getId());

        assertThat(after - before).as("bytes for 400,000 events").isLessThan(10_000);
    }

    private void admitAll(KnownKey... keys) {
        for (int i = 0; i < 100_000; i++) {
            for (KnownKey key : keys) {
                replica.counts().admit(key, true);
            }
            replica.counts().rejected(keys[0]);
        }
    }

    /** Events that come while counts are taken are in this statement or the next one. */
    @Test
    void noEventIsLostOrCountedTwice() throws SQLException {
        KnownKey key = key(0, 0);
        CompletableFuture<?> events = CompletableFuture.allOf(IntStream.range(0, 4)
                .mapToObj(i -> CompletableFuture.runAsync(() -> IntStream.range(0, 200_000)
                        .forEach(event -> replica.counts().admit(key, true))))
                .toArray(CompletableFuture[]::new));
        while (!events.isDone()) {
            replica.flush();
        }
        replica.flush();

        assertThat(counts(key)).isEqualTo("800000 0 0");
    }

    private static String counts(KnownKey key) throws SQLException {
        return single(
                "select accepted || ' ' || limited || ' ' || rejected from key_last_seen where key_id = " + key.id);
    }

    private static KnownKey key(int window, int count) {
        return KeyFixture.key(IDS.incrementAndGet(), window, count);
    }

    private static String single(String query) throws SQLException {
        return DATABASE.postgres().single(query);
    }
}
