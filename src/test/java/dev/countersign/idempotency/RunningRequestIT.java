package dev.countersign.idempotency;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.testsupport.Api;
import dev.countersign.testsupport.OwnService;
import dev.countersign.testsupport.Poll;
import dev.countersign.testsupport.http.Client;
import dev.countersign.testsupport.http.RawHttp;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A request under an {@code Idempotency-Key} comes while the first one still runs. A trigger makes the first one slow. */
class RunningRequestIT {

    private static final String TEAMS = Api.url("organizations/slow/teams/");
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final int ROUNDS = 10;
    private static final String SLOW_TEAMS = """
            create table let_go (slug text);
            create function wait_before_insert() returns trigger language plpgsql as $$
            begin
                if new.slug like 'slow-%' then
                    perform pg_sleep(1);
                else
                    while not exists (select from let_go where let_go.slug = new.slug) loop
                        perform pg_sleep(0.02);
                    end loop;
                end if;
                return new;
            end
            $$;
            create trigger wait_before_insert before insert on team
                for each row when (new.slug like 'slow-%' or new.slug like 'held-%') execute function wait_before_insert()
            """;

    /** Two of the four connections are for sessions. */
    @RegisterExtension
    static final OwnService SERVICE = new OwnService(Map.of(
            "COUNTERSIGN_DB_POOL_SIZE", "4",
            "COUNTERSIGN_DB_STATEMENT_TIMEOUT", "5m",
            "COUNTERSIGN_DB_RESPONSE_TIMEOUT", "6m"));

    @BeforeAll
    static void makeTeamsSlow() throws Exception {
        SERVICE.get().newProject("slow");
        SERVICE.postgres().execute(SLOW_TEAMS);
    }

    /** On a busy machine the first request may take longer than the second one waits. Then two others are sent. */
    @Test
    void secondRequestWaitsForTheFirst() {
        CompletableFuture<HttpResponse<String>> first;
        HttpResponse<String> second;
        int round = 0;
        do {
            String slug = "slow-" + round++;
            first = create(slug);
            awaitStatement(first);
            second = create(slug).join();
        } while (second.statusCode() == 409 && round < ROUNDS);

        assertThat(second.statusCode()).as(second.body()).isEqualTo(201);
        assertThat(replayed(second)).isEqualTo("true");
        assertThat(replayed(first.join())).isEmpty();
        assertThat(second.body()).isEqualTo(first.join().body());
    }

    @Test
    void secondRequestIsRefusedWhileTheFirstRuns() throws Exception {
        CompletableFuture<HttpResponse<String>> first = startHeld("held-a");

        HttpResponse<String> second = create("held-a").join();

        assertThat(first).isNotDone();
        assertThat(second.statusCode()).isEqualTo(409);
        assertThat(second.body()).isEqualTo("""
                {"detail":"The first request under this Idempotency-Key is still running."}""");
        assertThat(second.headers().firstValue("Retry-After")).hasValue("1");
        letGo("held-a");
        assertThat(first.join().statusCode()).isEqualTo(201);
        assertThat(replayed(create("held-a").join())).isEqualTo("true");
    }

    @Test
    void waitingRequestsHoldNoConnection() throws Exception {
        CompletableFuture<HttpResponse<String>> first = startHeld("held-b");
        List<CompletableFuture<HttpResponse<String>>> waiting =
                Stream.generate(() -> create("held-b")).limit(64).toList();

        for (int i = 0; i < 10; i++) {
            assertThat(create("quick-" + i).join().statusCode()).isEqualTo(201);
        }

        assertThat(waiting).extracting(answer -> answer.join().statusCode()).containsOnly(409);
        assertThat(first).isNotDone();
        letGo("held-b");
        assertThat(first.join().statusCode()).isEqualTo(201);
    }

    @Test
    void disconnectedRequestCreatesItsObject() throws Exception {
        RawHttp first = send("held-c");
        assertThat(Poll.until(RunningRequestIT::openTransactions, "1"::equals)).isEqualTo("1");
        first.close();
        giveTime();
        letGo("held-c");

        HttpResponse<String> again = Poll.until(() -> create("held-c").join(), answer -> answer.statusCode() != 409);

        assertThat(again.statusCode()).as(again.body()).isEqualTo(201);
        assertThat(replayed(again)).isEqualTo("true");
    }

    @Test
    void disconnectedWaitingRequestsLeaveNothingBehind() throws Exception {
        CompletableFuture<HttpResponse<String>> first = startHeld("held-d");
        List<RawHttp> waiting = new ArrayList<>();
        for (int i = 0; i < 16; i++) {
            waiting.add(send("held-d"));
        }
        giveTime();
        for (RawHttp connection : waiting) {
            connection.close();
        }
        giveTime();
        letGo("held-d");

        assertThat(first.join().statusCode()).isEqualTo(201);
        assertThat(SERVICE.postgres().texts("select slug from team where slug like 'held-d%'"))
                .hasSize(1);
        assertThat(Poll.until(RunningRequestIT::openTransactions, "0"::equals)).isEqualTo("0");
    }

    /** Sends a request whose statement runs until {@link #letGo}, and waits until it runs. */
    private static CompletableFuture<HttpResponse<String>> startHeld(String slug) {
        CompletableFuture<HttpResponse<String>> answer = create(slug);
        awaitStatement(answer);
        assertThat(answer).isNotDone();
        return answer;
    }

    private static void letGo(String slug) throws SQLException {
        SERVICE.postgres().execute("insert into let_go values ('" + slug + "')");
    }

    /** Gives the service time to read requests, or to end the work of clients that are gone, as it must not. */
    private static void giveTime() throws InterruptedException {
        TimeUnit.SECONDS.sleep(1);
    }

    /** Waits until the statement of a request runs, or is over. */
    private static void awaitStatement(CompletableFuture<?> answer) {
        Poll.until(RunningRequestIT::openTransactions, open -> open.equals("1") || answer.isDone());
    }

    private static RawHttp send(String slug) throws IOException {
        String body = body(slug);
        return new RawHttp(SERVICE.get().port())
                .send("POST " + TEAMS + " HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer " + Api.OPERATOR_TOKEN
                        + "\r\nIdempotency-Key: " + slug + "\r\nContent-Type: application/json\r\nContent-Length: "
                        + body.length() + "\r\n\r\n" + body);
    }

    private static CompletableFuture<HttpResponse<String>> create(String slug) {
        return Client.of(SERVICE.get().port(), null, PATIENCE)
                .send("POST", TEAMS, body(slug), Api.OPERATOR_TOKEN, "Idempotency-Key", slug);
    }

    private static String body(String slug) {
        return """
                {"slug": "%s"}""".formatted(slug);
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
