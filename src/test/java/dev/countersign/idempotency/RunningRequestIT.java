package dev.countersign.idempotency;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.testsupport.Api;
import dev.countersign.testsupport.OwnService;
import dev.countersign.testsupport.Poll;
import dev.countersign.testsupport.http.Client;
import java.net.http.HttpResponse;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A request under an {@code Idempotency-Key} comes while the first one still runs. A trigger makes the first one slow. */
class RunningRequestIT {

    private static final String TEAMS = Api.url("organizations/slow/teams/");
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Duration PATIENCE_OF_OTHERS = Duration.ofSeconds(5);
    private static final String SLOW_TEAMS = """
            create function wait_before_insert() returns trigger language plpgsql as $$
            begin
                perform pg_sleep(split_part(new.slug, '-', 2)::double precision / 1000);
                return new;
            end
            $$;
            create trigger wait_before_insert before insert on team
                for each row when (new.slug like 'slow-%') execute function wait_before_insert()
            """;

    /** Two of the four connections are for sessions. */
    @RegisterExtension
    static final OwnService SERVICE = new OwnService(Map.of(
            "COUNTERSIGN_DB_POOL_SIZE", "4",
            "COUNTERSIGN_DB_STATEMENT_TIMEOUT", "20s",
            "COUNTERSIGN_DB_RESPONSE_TIMEOUT", "21s"));

    @BeforeAll
    static void makeTeamsSlow() throws Exception {
        SERVICE.get().newProject("slow");
        SERVICE.postgres().execute(SLOW_TEAMS);
    }

    @Test
    void secondRequestWaitsForTheFirst() throws Exception {
        CompletableFuture<HttpResponse<String>> first = startSlow("slow-1000-a", PATIENCE);

        HttpResponse<String> second = create("slow-1000-a", PATIENCE).join();

        assertThat(second.statusCode()).as(second.body()).isEqualTo(201);
        assertThat(replayed(second)).isEqualTo("true");
        assertThat(replayed(first.join())).isEmpty();
        assertThat(second.body()).isEqualTo(first.join().body());
    }

    @Test
    void secondRequestIsRefusedWhileTheFirstRuns() throws Exception {
        CompletableFuture<HttpResponse<String>> first = startSlow("slow-8000-a", PATIENCE);

        HttpResponse<String> second = create("slow-8000-a", PATIENCE).join();

        assertThat(first).isNotDone();
        assertThat(second.statusCode()).isEqualTo(409);
        assertThat(second.body()).isEqualTo("""
                {"detail":"The first request under this Idempotency-Key is still running."}""");
        assertThat(second.headers().firstValue("Retry-After")).hasValue("1");
        assertThat(first.join().statusCode()).isEqualTo(201);
        assertThat(replayed(create("slow-8000-a", PATIENCE).join())).isEqualTo("true");
    }

    @Test
    void waitingRequestsHoldNoConnection() throws Exception {
        CompletableFuture<HttpResponse<String>> first = startSlow("slow-8000-b", PATIENCE);

        List<CompletableFuture<HttpResponse<String>>> waiting =
                Stream.generate(() -> create("slow-8000-b", PATIENCE)).limit(64).toList();
        for (int i = 0; i < 10; i++) {
            assertThat(create("quick-" + i, PATIENCE_OF_OTHERS).join().statusCode())
                    .isEqualTo(201);
        }

        assertThat(first).isNotDone();
        assertThat(waiting).extracting(answer -> answer.join().statusCode()).containsOnly(409);
        assertThat(first.join().statusCode()).isEqualTo(201);
    }

    @Test
    void disconnectedRequestCreatesItsObject() throws Exception {
        CompletableFuture<HttpResponse<String>> first = startSlow("slow-5000-c", Duration.ofSeconds(3));
        assertThat(first.handle((answer, failure) -> failure).join()).isNotNull();

        HttpResponse<String> again =
                Poll.until(() -> create("slow-5000-c", PATIENCE).join(), answer -> answer.statusCode() != 409);

        assertThat(again.statusCode()).as(again.body()).isEqualTo(201);
        assertThat(replayed(again)).isEqualTo("true");
    }

    @Test
    void disconnectedWaitingRequestsLeaveNothingBehind() throws Exception {
        CompletableFuture<HttpResponse<String>> first = startSlow("slow-4000-d", PATIENCE);
        List<CompletableFuture<HttpResponse<String>>> waiting = Stream.generate(
                        () -> create("slow-4000-d", Duration.ofSeconds(1)))
                .limit(16)
                .toList();

        waiting.forEach(answer ->
                assertThat(answer.handle((any, failure) -> failure).join()).isNotNull());

        assertThat(first.join().statusCode()).isEqualTo(201);
        assertThat(SERVICE.postgres().texts("select slug from team where slug like 'slow-4000-d%'"))
                .hasSize(1);
        assertThat(Poll.until(RunningRequestIT::openTransactions, "0"::equals)).isEqualTo("0");
    }

    /** Sends a request, and waits until its statement runs. */
    private static CompletableFuture<HttpResponse<String>> startSlow(String slug, Duration patience) {
        CompletableFuture<HttpResponse<String>> answer = create(slug, patience);
        assertThat(Poll.until(RunningRequestIT::openTransactions, "1"::equals)).isEqualTo("1");
        return answer;
    }

    private static CompletableFuture<HttpResponse<String>> create(String slug, Duration patience) {
        String body = """
                {"slug": "%s"}""".formatted(slug);
        return Client.of(SERVICE.get().port(), null, patience)
                .send("POST", TEAMS, body, Api.OPERATOR_TOKEN, "Idempotency-Key", slug);
    }

    private static String replayed(HttpResponse<String> answer) {
        return answer.headers().firstValue("Idempotency-Replayed").orElse("");
    }

    private static String openTransactions() {
        try {
            return SERVICE.postgres().single("select count(*) from pg_locks where locktype = 'advisory' and granted");
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
