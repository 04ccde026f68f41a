package dev.countersign.gate.count;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.testsupport.Midnight;
import dev.countersign.testsupport.PackagedService;
import dev.countersign.testsupport.Poll;
import dev.countersign.testsupport.postgres.OwnPostgres;
import dev.countersign.testsupport.postgres.PostgresProxy;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What packaged replicas with a gate count together. The tests share three replicas, so the class is long. */
class GateCountsIT {

    private static final int REPLICAS = 3;
    private static final String DAY_LIMIT = """
            {"rateLimit":{"window":86400,"count":100}}""";

    @RegisterExtension
    static final OwnPostgres POSTGRES = OwnPostgres.migrated();

    private static final List<PackagedService> SERVICES = new ArrayList<>();
    private static PostgresProxy network;

    @BeforeAll
    static void start() throws Exception {
        network = new PostgresProxy(POSTGRES.server().getPort());
        for (int i = 0; i < REPLICAS; i++) {
            SERVICES.add(replica(i == 0 ? Map.of("COUNTERSIGN_DB_URL", url(network.port())) : Map.of()));
        }
    }

    @AfterAll
    static void stop() throws IOException {
        SERVICES.forEach(PackagedService::close);
        network.close();
    }

    @Test
    void replicasObeyALimitTogether() throws Exception {
        Midnight.letPass();
        CountedKey target = target("together", DAY_LIMIT);

        List<CompletableFuture<Integer>> first = SERVICES.stream()
                .map(service -> CompletableFuture.supplyAsync(() -> target.passed(service, 60)))
                .toList();
        int passed = first.stream().mapToInt(CompletableFuture::join).sum();
        int sent = REPLICAS * 60;
        int passedNow = 1;
        for (int round = 0; round < 20 || passedNow > 0; round++) {
            passedNow = 0;
            for (PackagedService service : SERVICES) {
                passedNow += target.passed(service, 1);
                sent++;
            }
            passed += passedNow;
            TimeUnit.MILLISECONDS.sleep(200);
        }

        assertThat(passed)
                .as("the limit, and what the two others passed in one interval")
                .isBetween(100, 100 + 2 * 60);
        String counted = passed + " " + (sent - passed) + " 0";
        assertThat(Poll.until(target::counts, counted::equals)).isEqualTo(counted);
    }

    @Test
    void countsOfManyKeysAreOneStatementAnInterval() throws Exception {
        String keys = SERVICES.get(0).newProject("many");
        List<CountedKey> targets = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            targets.add(CountedKey.of(POSTGRES, SERVICES.get(0), keys, DAY_LIMIT));
        }
        network.takeExecuted();
        long began = System.nanoTime();
        for (int round = 0; round < 5; round++) {
            targets.forEach(target -> target.passed(SERVICES.get(0), 1));
        }
        assertThat(Poll.until(targets.get(99)::counts, "5 0 0"::equals)).isEqualTo("5 0 0");
        long seconds = TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - began);

        List<String> written = network.takeExecuted().stream()
                .filter(sql -> sql.contains("insert into key_last_seen"))
                .toList();
        assertThat(written).hasSizeBetween(1, (int) seconds + 2);
    }

    @Test
    void removedKeyThatStillComesIsListed() throws Exception {
        CountedKey target = target("removed", "{}");
        assertThat(target.passed(SERVICES.get(1), 1)).isEqualTo(1);
        SERVICES.get(0).send("DELETE", target.keys() + target.key() + "/", "");
        assertThat(Poll.until(() -> target.passed(SERVICES.get(1), 1), passed -> passed == 0))
                .isZero();
        target.passed(SERVICES.get(2), 3);

        String list = "/api/countersign/v1/organizations/removed/rejected-keys/";
        assertThat(Poll.until(() -> get(list), body -> body.contains(target.key())))
                .contains(target.key(), "\"reason\":\"removed\"");
    }

    @Test
    void keyOfNobodyIsNotStored() throws Exception {
        CountedKey nobody =
                new CountedKey(POSTGRES, SERVICES.get(0).newProject("nobody"), 1, "0123456789abcdef0123456789abcdef");

        assertThat(nobody.passed(SERVICES.get(0), 3)).isZero();

        TimeUnit.SECONDS.sleep(2);
        assertThat(POSTGRES.single(
                        "select count(*)::text from removed_client_key where public_key = '" + nobody.key() + "'"))
                .isEqualTo("0");
    }

    @Test
    void countingIsNoted() throws Exception {
        CountedKey target = target("since", "{}");

        String counted = "{\"detail\":\"Usage is counted since 20";
        assertThat(Poll.until(() -> get(target.keys() + "?unusedFor=1d"), body -> body.startsWith(counted)))
                .startsWith(counted);
    }

    private static PackagedService replica(Map<String, String> settings) throws IOException, InterruptedException {
        Map<String, String> all =
                new HashMap<>(Map.of("COUNTERSIGN_GATE_PORT", "0", "COUNTERSIGN_GATE_TOKEN", CountedKey.TOKEN));
        all.putAll(settings);
        return PackagedService.startMigrated(POSTGRES.server(), all);
    }

    private static String url(int port) {
        return "postgresql://localhost:" + port + "/postgres";
    }

    private static CountedKey target(String organization, String key) throws IOException, InterruptedException {
        return CountedKey.of(POSTGRES, SERVICES.get(0), SERVICES.get(0).newProject(organization), key);
    }

    private static String get(String path) {
        try {
            return SERVICES.get(0).send("GET", path, "").body();
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
