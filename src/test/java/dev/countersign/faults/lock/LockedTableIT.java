package dev.countersign.faults.lock;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.testsupport.Api;
import dev.countersign.testsupport.OwnService;
import dev.countersign.testsupport.http.Client;
import io.vertx.core.json.JsonArray;
import java.net.http.HttpResponse;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A transaction keeps a table locked, as a migration does. Its readers wait, and other requests are served. */
@Tag("faults")
class LockedTableIT {

    private static final String TEAMS = Api.url("organizations/locked/teams/");
    private static final int ORGANIZATIONS = 40;
    private static final int MANY = 80;

    private static final Executor AFTER_A_SECOND = CompletableFuture.delayedExecutor(1, TimeUnit.SECONDS);

    @RegisterExtension
    static final OwnService SERVICE = new OwnService(Map.of());

    private static Client waiting;
    private static Client others;

    @BeforeAll
    static void start() throws Exception {
        waiting = SERVICE.get().client(Promised.WAIT);
        others = SERVICE.get().client(Promised.WAIT_OF_OTHERS);
        SERVICE.get().newProject("locked");
        SERVICE.get().newProject("free");
        for (int i = 0; i < ORGANIZATIONS; i++) {
            SERVICE.get().newProject("crowd-" + i);
        }
        othersAreServedFor(Duration.ofSeconds(1));
    }

    @Test
    void readsWaitUntilTheTableIsFree() throws Exception {
        assertThat(statusesOfReads(MANY)).containsOnly(200);
    }

    /** More reads than the service can answer in the time after the lock. */
    @Test
    void thousandWaitingReadsDelayNoOtherTable() throws Exception {
        assertThat(statusesOfReads(1_000)).contains(200).isSubsetOf(200, 503);
    }

    private static List<Integer> statusesOfReads(int reads) throws Exception {
        List<CompletableFuture<HttpResponse<String>>> stuck;
        try (Connection connection = lock("team")) {
            stuck = IntStream.range(0, reads)
                    .mapToObj(i -> waiting.send("GET", TEAMS, ""))
                    .toList();
            var free = CompletableFuture.runAsync(() -> release(connection), AFTER_A_SECOND);
            othersAreServedFor(Duration.ofSeconds(1));
            free.join();
        }
        return stuck.stream().map(answer -> answer.join().statusCode()).toList();
    }

    @Test
    void everyKindOfReadWaits() throws Exception {
        List<String> paths = List.of(
                "organizations/locked/",
                "organizations/locked/teams/?query=slug:core",
                "teams/locked/core/",
                "teams/locked/core/projects/",
                "projects/",
                "projects/locked/pump/",
                "projects/locked/pump/teams/",
                "organizations/locked/projects/");
        List<CompletableFuture<HttpResponse<String>>> stuck;
        try (Connection connection = lock("team")) {
            stuck = paths.stream()
                    .map(path -> waiting.send("GET", Api.url(path), ""))
                    .toList();
            var free = CompletableFuture.runAsync(() -> release(connection), AFTER_A_SECOND);
            othersAreServedFor(Duration.ofSeconds(1));
            free.join();
        }
        assertThat(stuck).extracting(answer -> answer.join().statusCode()).containsOnly(200);
    }

    @Test
    void readsOfALockedTableAreRefusedInTime() throws Exception {
        List<CompletableFuture<HttpResponse<String>>> stuck = new ArrayList<>();
        try (Connection connection = lock("team")) {
            for (int i = 0; i < 4; i++) {
                IntStream.range(0, MANY).forEach(read -> stuck.add(waiting.send("GET", TEAMS, "")));
                othersAreServedFor(Duration.ofSeconds(2));
            }
            assertThat(stuck).extracting(answer -> answer.join().statusCode()).containsOnly(503);
            connection.rollback();
        }
        assertThat(waiting.send("GET", TEAMS, "").join().statusCode()).isEqualTo(200);
    }

    /** Each change is for another row, so that no change waits behind another one. */
    @Test
    void waitingChangesOfManyRowsDelayNoOtherTable() throws Exception {
        List<CompletableFuture<HttpResponse<String>>> stuck = new ArrayList<>();
        try (Connection connection = lock("team")) {
            for (int i = 0; i < ORGANIZATIONS; i++) {
                for (int change = 0; change < 10; change++) {
                    stuck.add(waiting.send("PUT", Api.url("teams/crowd-" + i + "/core/"), """
                            {"name":"New %d"}""".formatted(change)));
                }
            }
            var free = CompletableFuture.runAsync(() -> release(connection), AFTER_A_SECOND);
            othersAreServedFor(Duration.ofSeconds(1));
            free.join();
        }
        assertThat(stuck)
                .extracting(answer -> answer.join().statusCode())
                .contains(200)
                .isSubsetOf(200, 503);
    }

    /** Requests for other tables, in sessions and on shared connections. */
    private static void othersAreServedFor(Duration time) throws InterruptedException {
        Promised.roundsFor(time, count -> {
            Promised.assertStatus(others.send("GET", Api.url("organizations/"), ""), 200);
            Promised.assertStatus(
                    others.send("PUT", Api.url("projects/free/pump/keys/" + key() + "/"), """
                            {"name":"New %d"}""".formatted(count)), 200);
            Promised.assertStatus(others.send("POST", Api.url("projects/free/pump/keys/"), "{}"), 201);
        });
    }

    private static String key() {
        return others.send("GET", Api.url("projects/free/pump/keys/"), "")
                .thenApply(
                        answer -> new JsonArray(answer.body()).getJsonObject(0).getString("id"))
                .join();
    }

    private static void release(Connection connection) {
        try {
            connection.rollback();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Connection lock(String table) throws SQLException {
        return SERVICE.postgres().begin("lock table " + table + " in access exclusive mode");
    }
}
