package dev.countersign.faults.lock;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.testsupport.Api;
import dev.countersign.testsupport.OwnService;
import dev.countersign.testsupport.http.Client;
import java.net.http.HttpResponse;
import java.sql.Connection;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Many changes of one row at once delay no request for another row. */
@Tag("faults")
class CrowdIT {

    private static final String LOCK = "select from project p join organization o on o.id = p.organization_id"
            + " where o.slug = 'locked' for update of p";

    /** Slows the insert of a team down, past the end of the wait for the lock. */
    private static final String SLOW = """
            create function slow() returns trigger language plpgsql as $$
            begin perform pg_sleep(0.6); return new; end $$;
            create trigger slow before insert on team for each row execute function slow()""";

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
        othersAreServedFor(Duration.ofSeconds(1));
    }

    @ParameterizedTest
    @ValueSource(ints = {64, 256, 1_000})
    void lockedRowDelaysNoOtherRow(int changes) throws Exception {
        try (Connection connection = SERVICE.postgres().begin(LOCK)) {
            var stuck = send(changes);
            othersAreServedFor(Duration.ofSeconds(3));
            assertThat(stuck).extracting(answer -> answer.join().statusCode()).containsOnly(503);
            connection.rollback();
        }
        assertThat(send(1)).extracting(answer -> answer.join().statusCode()).containsOnly(200);
    }

    @ParameterizedTest
    @ValueSource(ints = {256, 1_000})
    void busyRowDelaysNoOtherRow(int changes) throws Exception {
        var busy = send(changes);
        othersAreServedFor(Duration.ofSeconds(1));
        assertThat(busy)
                .extracting(answer -> answer.join().statusCode())
                .contains(200)
                .isSubsetOf(200, 503);
    }

    /** One attempt is running when the waiting requests are answered 503. */
    @Test
    void changeAnswered503IsNotStored() throws Exception {
        List<CompletableFuture<HttpResponse<String>>> answers;
        SERVICE.postgres().execute(SLOW);
        try (Connection connection =
                SERVICE.postgres().begin("select from organization where slug = 'locked' for update")) {
            answers = IntStream.range(0, 16)
                    .mapToObj(i -> waiting.send("POST", Api.url("organizations/locked/teams/"), """
                            {"slug":"late-%d"}""".formatted(i)))
                    .toList();
            TimeUnit.MILLISECONDS.sleep(1_700);
            connection.rollback();
        }
        List<Integer> statuses =
                answers.stream().map(answer -> answer.join().statusCode()).toList();
        SERVICE.postgres().execute("drop function slow cascade");

        assertThat(statuses).contains(201, 503).containsOnly(201, 503);
        assertThat(SERVICE.postgres().texts("select slug from team where slug like 'late-%'"))
                .hasSameSizeAs(statuses.stream().filter(status -> status == 201).toList());
    }

    private static List<CompletableFuture<HttpResponse<String>>> send(int changes) {
        return IntStream.range(0, changes)
                .mapToObj(i -> waiting.send("PUT", Api.url("projects/locked/pump/"), """
                        {"name":"Pump %d"}""".formatted(i)))
                .toList();
    }

    /** Requests for other rows, in sessions and on shared connections. */
    private static void othersAreServedFor(Duration time) throws InterruptedException {
        Promised.roundsFor(time, count -> {
            Promised.assertStatus(others.send("GET", Api.url("organizations/free/teams/"), ""), 200);
            Promised.assertStatus(others.send("PUT", Api.url("projects/free/pump/"), """
                            {"name":"Pump %d"}""".formatted(count)), 200);
            Promised.assertStatus(others.send("POST", Api.url("projects/free/pump/keys/"), "{}"), 201);
        });
    }
}
