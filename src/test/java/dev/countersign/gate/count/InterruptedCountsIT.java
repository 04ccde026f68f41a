package dev.countersign.gate.count;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.testsupport.Midnight;
import dev.countersign.testsupport.PackagedService;
import dev.countersign.testsupport.Poll;
import dev.countersign.testsupport.postgres.OwnPostgres;
import dev.countersign.testsupport.postgres.PostgresProxy;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What becomes of the counts of a packaged replica that is cut off from its database, stopped or killed. */
class InterruptedCountsIT {

    private static final String DAY_LIMIT = """
            {"rateLimit":{"window":86400,"count":100}}""";

    @RegisterExtension
    static final OwnPostgres POSTGRES = OwnPostgres.migrated();

    /** The database runs the statement, and the connection breaks before its answer. */
    @Test
    void countsWhoseAnswerIsCutAreAddedOnce() throws Exception {
        Midnight.letPass();
        try (PostgresProxy network = new PostgresProxy(POSTGRES.server().getPort());
                PackagedService service = replica(
                        Map.of("COUNTERSIGN_DB_URL", "postgresql://localhost:" + network.port() + "/postgres"))) {
            CountedKey key = key(service, "cut", DAY_LIMIT);
            assertThat(key.passed(service, 1)).isEqualTo(1);
            assertThat(Poll.until(key::accepted, accepted -> accepted == 1)).isEqualTo(1);

            CompletableFuture<Void> sent = network.hangAt("with noted as (", true);
            assertThat(key.passed(service, 39)).isEqualTo(39);
            sent.get(60, TimeUnit.SECONDS);
            assertThat(Poll.until(key::accepted, accepted -> accepted > 1)).isGreaterThan(1);
            network.dropAll();
            network.resume();

            assertThat(Poll.until(key::counts, "40 0 0"::equals)).isEqualTo("40 0 0");
            assertThat(key.passed(service, 80)).as("what is left of the limit").isEqualTo(60);
            assertThat(Poll.until(key::counts, "100 20 0"::equals)).isEqualTo("100 20 0");
        }
    }

    /** SIGTERM, before the interval of the events is over, while clients go on to send. */
    @Test
    void stoppedReplicaAddsItsLastCounts() throws Exception {
        try (PackagedService stopped = replica(Map.of("COUNTERSIGN_GATE_INTERVAL", "1m"))) {
            CountedKey key = key(stopped, "stopped", "{}");
            Clients clients = Clients.start(stopped, key);
            int before = key.accepted();
            assertThat(clients.awaitMoreThan(before)).isGreaterThan(before);

            stopped.process().destroy();
            stopped.awaitExit();

            int passed = clients.passedUntilTheEnd();
            assertThat(key.accepted())
                    .as("all that passed, and at most one answer a client that did not arrive")
                    .isBetween(passed, passed + Clients.NUMBER);
        }
    }

    /** {@code kill -9}, while clients go on to send. */
    @Test
    void killedReplicaLosesOneIntervalAtMost() throws Exception {
        try (PackagedService killed = replica(Map.of())) {
            CountedKey key = key(killed, "killed", "{}");
            Clients clients = Clients.start(killed, key);
            int atFirst = clients.awaitMoreThan(0);
            assertThat(atFirst).isPositive();
            assertStored(key, atFirst);
            int oneIntervalBefore = clients.awaitMoreThan(atFirst);
            assertThat(oneIntervalBefore).isGreaterThan(atFirst);
            assertStored(key, oneIntervalBefore);

            killed.process().destroyForcibly();
            killed.awaitExit();

            int passed = clients.passedUntilTheEnd();
            assertThat(key.accepted()).isBetween(oneIntervalBefore, passed + Clients.NUMBER);
        }
    }

    private static void assertStored(CountedKey key, int events) {
        assertThat(Poll.until(key::accepted, accepted -> accepted >= events))
                .as("an interval later, however slow the machine")
                .isGreaterThanOrEqualTo(events);
    }

    private static PackagedService replica(Map<String, String> settings) throws Exception {
        Map<String, String> all =
                new HashMap<>(Map.of("COUNTERSIGN_GATE_PORT", "0", "COUNTERSIGN_GATE_TOKEN", CountedKey.TOKEN));
        all.putAll(settings);
        return PackagedService.startMigrated(POSTGRES.server(), all);
    }

    private static CountedKey key(PackagedService service, String organization, String json) throws Exception {
        return CountedKey.of(POSTGRES, service, service.newProject(organization), json);
    }

    /** Clients that send until the gate is gone. */
    private record Clients(List<Thread> threads, AtomicInteger passed) {

        static final int NUMBER = 4;

        static Clients start(PackagedService service, CountedKey key) {
            AtomicInteger passed = new AtomicInteger();
            List<Thread> threads = Stream.generate(() -> new Thread(() -> key.sendUntilTheEnd(service, passed)))
                    .limit(NUMBER)
                    .toList();
            threads.forEach(Thread::start);
            return new Clients(threads, passed);
        }

        /** How many events have passed, once there are more than a number. */
        int awaitMoreThan(int events) {
            return Poll.until(passed::get, now -> now > events);
        }

        int passedUntilTheEnd() throws InterruptedException {
            for (Thread thread : threads) {
                thread.join();
            }
            return passed.get();
        }
    }
}
