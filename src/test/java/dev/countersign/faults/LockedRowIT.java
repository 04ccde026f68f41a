package dev.countersign.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.testsupport.Api;
import dev.countersign.testsupport.PackagedService;
import dev.countersign.testsupport.http.Client;
import dev.countersign.testsupport.postgres.OwnPostgres;
import java.net.http.HttpResponse;
import java.sql.Connection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A row that somebody keeps locked: waits do not add up, and whoever wants something else hardly notices. */
@Tag("faults")
class LockedRowIT {

    private static final String LOCK = "select from project p join organization o on o.id = p.organization_id"
            + " where o.slug = 'locked' for update of p";

    private static final int ROUNDS = 10;

    @RegisterExtension
    static final OwnPostgres POSTGRES = new OwnPostgres();

    private static PackagedService service;
    private static String locked;
    private static String free;

    @BeforeAll
    static void start() throws Exception {
        service = PackagedService.startMigrated(POSTGRES.server(), Map.of());
        locked = Api.url(service.newProject("locked"));
        free = Api.url(service.newProject("free"));
        Client warm = service.client(Promised.WAIT);
        for (int i = 0; i < 50; i++) {
            assertCreated(warm.send("POST", free, "{}").join());
            assertCreated(warm.send("POST", locked, "{}").join());
        }
    }

    @AfterAll
    static void stop() {
        service.close();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 16, 64, 256, 1_000})
    void waitingCreatesDelayNoOtherProject(int creates) throws Exception {
        Client waiting = service.client(Promised.WAIT);
        Client others = service.client(Promised.WAIT_OF_OTHERS);
        try (Connection connection = POSTGRES.server().getPostgresDatabase().getConnection()) {
            connection.setAutoCommit(false);
            connection.createStatement().execute(LOCK);
            List<CompletableFuture<HttpResponse<String>>> stuck = IntStream.range(0, creates)
                    .mapToObj(i -> waiting.send("POST", locked, "{}"))
                    .toList();
            for (int i = 0; i < ROUNDS; i++) {
                assertThat(others.send("GET", free, "").join().statusCode()).isEqualTo(200);
                assertCreated(others.send("POST", free, "{}").join());
                assertThat(others.send("GET", "/api/0/organizations/free/teams/", "")
                                .join()
                                .statusCode())
                        .isEqualTo(200);
                TimeUnit.MILLISECONDS.sleep(100);
            }
            assertThat(stuck).extracting(answer -> answer.join().statusCode()).containsOnly(503);
            connection.rollback();
        }
        assertThat(Stream.generate(() -> waiting.send("POST", locked, "{}"))
                        .limit(creates)
                        .toList())
                .extracting(answer -> answer.join().statusCode())
                .containsOnly(201);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 64})
    void waitingCreatesAreServedAfterTheLock(int creates) throws Exception {
        Client waiting = service.client(Promised.WAIT);
        try (Connection connection = POSTGRES.server().getPostgresDatabase().getConnection()) {
            connection.setAutoCommit(false);
            connection.createStatement().execute(LOCK);
            List<CompletableFuture<HttpResponse<String>>> stuck = IntStream.range(0, creates)
                    .mapToObj(i -> waiting.send("POST", locked, "{}"))
                    .toList();
            TimeUnit.MILLISECONDS.sleep(500);
            connection.rollback();

            assertThat(stuck).extracting(answer -> answer.join().statusCode()).containsOnly(201);
        }
    }

    private static void assertCreated(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
    }
}
