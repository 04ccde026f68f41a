package dev.countersign.faults.lock;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.testsupport.Api;
import dev.countersign.testsupport.OwnService;
import dev.countersign.testsupport.http.Client;
import java.net.http.HttpResponse;
import java.sql.Connection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A transaction keeps a project locked. Creates in that project wait, and creates in other projects do not. */
@Tag("faults")
class LockedRowIT {

    private static final String LOCK = "select from project p join organization o on o.id = p.organization_id"
            + " where o.slug = 'locked' for update of p";

    private static final int ROUNDS = 10;

    @RegisterExtension
    static final OwnService SERVICE = new OwnService(Map.of());

    private static String locked;
    private static String free;

    @BeforeAll
    static void start() throws Exception {
        locked = Api.url(SERVICE.get().newProject("locked"));
        free = Api.url(SERVICE.get().newProject("free"));
        Client warm = SERVICE.get().client(Promised.WAIT);
        for (int i = 0; i < 50; i++) {
            assertCreated(warm.send("POST", free, "{}").join());
            assertCreated(warm.send("POST", locked, "{}").join());
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 16, 64, 256, 1_000})
    void waitingCreatesDelayNoOtherProject(int creates) throws Exception {
        Client waiting = SERVICE.get().client(Promised.WAIT);
        Client others = SERVICE.get().client(Promised.WAIT_OF_OTHERS);
        try (Connection connection = SERVICE.postgres().begin(LOCK)) {
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
        Client waiting = SERVICE.get().client(Promised.WAIT);
        try (Connection connection = SERVICE.postgres().begin(LOCK)) {
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
