package dev.countersign.health;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.testsupport.PackagedService;
import dev.countersign.testsupport.Poll;
import dev.countersign.testsupport.http.Client;
import dev.countersign.testsupport.http.PlainPath;
import dev.countersign.testsupport.postgres.OwnPostgres;
import dev.countersign.testsupport.postgres.PostgresProxy;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Readiness names its reason. A prober reads the status, a person reads the reason. */
class ReadinessIT {

    private static final String TEAMS = "/api/0/organizations/acme/teams/";
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    /** Keeps a connection until the table has a row. A lock would be given up sooner. */
    private static final String SLOW = """
            create table enough ();
            create function slow() returns trigger language plpgsql as $$
            begin while not exists (select from enough) loop perform pg_sleep(0.05); end loop; return new; end $$;
            create trigger slow before insert on team for each row execute function slow()""";

    private static final int FOR_SESSIONS = 4;

    @RegisterExtension
    static final OwnPostgres POSTGRES = new OwnPostgres();

    private static PostgresProxy proxy;
    private static PackagedService service;
    private static Client client;

    @BeforeAll
    static void start() throws Exception {
        proxy = new PostgresProxy(POSTGRES.server().getPort());
        Map<String, String> environment = new HashMap<>(PackagedService.environment(proxy.port(), "postgres"));
        environment.put("COUNTERSIGN_INGEST_ENDPOINT", "https://sentry.io");
        environment.put("COUNTERSIGN_MIGRATE", "at-start");
        // So that a lock takes connections for as long as the test needs.
        environment.put("COUNTERSIGN_DB_STATEMENT_TIMEOUT", "60s");
        environment.put("COUNTERSIGN_DB_RESPONSE_TIMEOUT", "90s");
        service = PackagedService.start(environment).awaitReady();
        client = service.client(PATIENCE);
        service.newProject("acme");
    }

    @AfterAll
    static void stop() throws Exception {
        service.close();
        proxy.close();
    }

    @AfterEach
    void isReadyAgain() {
        assertThat(Poll.until(ReadinessIT::reason, "none"::equals)).isEqualTo("none");
        assertThat(probe().statusCode()).isEqualTo(200);
    }

    @Test
    void usedUpPoolIsTheReason() throws Exception {
        POSTGRES.execute(SLOW);
        try {
            List<CompletableFuture<HttpResponse<String>>> waiting = IntStream.range(0, 4 * FOR_SESSIONS)
                    .mapToObj(i -> client.send("POST", TEAMS, """
                            {"slug":"slow-%s"}""".formatted(i)))
                    .toList();

            HttpResponse<String> probe =
                    Poll.until(ReadinessIT::probe, it -> reasonIn(it).equals("pool used up"));
            assertThat(reasonIn(probe)).isEqualTo("pool used up");
            assertThat(probe.statusCode()).isEqualTo(503);
            Poll.until(() -> waiting.stream().anyMatch(CompletableFuture::isDone), done -> done);
            POSTGRES.execute("insert into enough default values");
            assertThat(waiting).extracting(answer -> answer.join().statusCode()).contains(201, 503);
        } finally {
            POSTGRES.execute("drop function slow cascade; drop table enough");
        }
    }

    @Test
    void readOnlyDatabaseIsTheReason() throws Exception {
        POSTGRES.execute("alter system set default_transaction_read_only = on");
        POSTGRES.execute("select pg_reload_conf()");
        try {
            assertThat(Poll.until(ReadinessIT::reason, "read only"::equals)).isEqualTo("read only");
            assertThat(probe().statusCode()).isEqualTo(503);
        } finally {
            POSTGRES.execute("alter system reset default_transaction_read_only");
            POSTGRES.execute("select pg_reload_conf()");
        }
    }

    @Test
    void unreachableDatabaseIsTheReason() throws Exception {
        proxy.refuse();
        try {
            assertThat(Poll.until(ReadinessIT::reason, "out of reach"::equals)).isEqualTo("out of reach");
            assertThat(probe().statusCode()).isEqualTo(503);
        } finally {
            proxy.accept();
        }
    }

    private static String reason() {
        return reasonIn(probe());
    }

    private static String reasonIn(HttpResponse<String> probe) {
        String reason = PlainPath.of(probe.body()).getString("checks.find { it.name == 'database' }.data.reason");
        return reason == null ? "none" : reason;
    }

    private static HttpResponse<String> probe() {
        return client.send("GET", "/q/health/ready", "").join();
    }
}
