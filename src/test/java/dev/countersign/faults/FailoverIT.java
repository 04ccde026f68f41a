package dev.countersign.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.testsupport.PackagedService;
import dev.countersign.testsupport.Poll;
import dev.countersign.testsupport.http.Client;
import dev.countersign.testsupport.postgres.PostgresProxy;
import dev.countersign.testsupport.postgres.PostgresServer;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A primary with a standby: the route leads to the standby for a while, or the primary dies. */
@Tag("faults")
class FailoverIT {

    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final Duration BACK_WITHIN = Duration.ofSeconds(1);
    private static final Report REPORT = new Report("failover");

    /** One line for each kind of fault and one for its end. */
    private static final int FEW_LINES = 12;

    @TempDir
    private Path folder;

    private PostgresServer primary;
    private PostgresServer standby;
    private PostgresProxy route;

    @BeforeEach
    void start() throws Exception {
        primary = PostgresServer.create(
                PostgresServer.embeddedBinaries(), folder.resolve("primary"), "max_connections=60", "hot_standby=on");
        primary.start().close();
        standby = primary.standby(folder.resolve("standby"));
        primary.start();
        standby.start();
        execute(primary, "alter system set synchronous_standby_names = '*'");
        primary.single("select pg_reload_conf()");
        route = new PostgresProxy(primary.port());
    }

    @AfterEach
    void stop() throws Exception {
        REPORT.publish();
        route.close();
        standby.close();
        primary.close();
    }

    @Test
    void writesReturnAfterTheRouteLedToTheStandby() throws Exception {
        try (PackagedService service = serve("localhost:" + route.port() + "/postgres")) {
            Client client = service.client(PATIENCE);
            Load load = Load.start(() -> client, keys(service));
            client.send("GET", "/api/0/organizations/", "").join();
            pass(Duration.ofSeconds(2));
            route.leadTo(standby.port());
            route.dropAll();
            pass(Duration.ofSeconds(3));
            assertThat(readiness(service, "read only")).contains("read only");
            // What was opened meanwhile stays open.
            route.leadTo(primary.port());
            Duration back = load.awaitCreated(System.nanoTime());
            assertThat(service.send("POST", "organizations/acme/teams/", """
                    {"slug":"later"}""").statusCode())
                    .isEqualTo(201);
            assertThat(readiness(service, "UP")).contains("UP");
            pass(Duration.ofSeconds(4));
            load.end();

            REPORT.add("the route leads to a standby for 3 s, and connections stay there", load, List.of(back));
            assertThat(back).isLessThan(BACK_WITHIN);
            assertSaidInFewLines(service);
        }
    }

    @Test
    void writesReturnAfterTheStandbyIsPromoted() throws Exception {
        try (PackagedService service = serve("localhost:" + route.port() + "/postgres")) {
            Client client = service.client(PATIENCE);
            Load load = Load.start(() -> client, keys(service));
            pass(Duration.ofSeconds(2));
            primary.kill();
            promote();
            route.leadTo(standby.port());
            route.dropAll();
            Duration back = load.awaitCreated(System.nanoTime());
            pass(Duration.ofSeconds(4));
            load.end();

            REPORT.add("kill -9 of the primary, the standby is promoted, the route moves", load, List.of(back));
            assertThat(back).isLessThan(BACK_WITHIN);
            assertSaidInFewLines(service);
        }
    }

    @Test
    void writesReturnOnTheNextHostOfTheUrl() throws Exception {
        String hosts = "localhost:" + standby.port() + ",localhost:" + primary.port();
        try (PackagedService service = serve(hosts + "/postgres?target_session_attrs=primary")) {
            Client client = service.client(PATIENCE);
            Load load = Load.start(() -> client, keys(service));
            pass(Duration.ofSeconds(2));
            primary.kill();
            promote();
            Duration back = load.awaitCreated(System.nanoTime());
            pass(Duration.ofSeconds(4));
            load.end();

            REPORT.add("kill -9 of the primary, the standby is promoted, the URL names both", load, List.of(back));
            assertThat(back).isLessThan(BACK_WITHIN);
            assertSaidInFewLines(service);
        }
    }

    private void promote() throws SQLException {
        assertThat(standby.single("select pg_promote()")).isEqualTo("t");
        execute(standby, "alter system reset synchronous_standby_names");
        standby.single("select pg_reload_conf()");
    }

    private static PackagedService serve(String url) throws Exception {
        Map<String, String> environment = new HashMap<>(PackagedService.environment(1, "unused"));
        environment.put("COUNTERSIGN_DB_URL", "postgresql://" + url);
        environment.put("COUNTERSIGN_INGEST_ENDPOINT", "https://sentry.io");
        environment.put("COUNTERSIGN_URL_PREFIX", dev.countersign.testsupport.Api.URL_PREFIX);
        environment.put("COUNTERSIGN_MIGRATE", "at-start");
        return PackagedService.start(environment).awaitReady();
    }

    private static String keys(PackagedService service) throws Exception {
        return "/api/0/" + service.newProject("acme");
    }

    private static String readiness(PackagedService service, String wanted) {
        return Poll.until(() -> ready(service), body -> body.contains(wanted));
    }

    private static String ready(PackagedService service) {
        try {
            return service.get("/q/health/ready").body();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void assertSaidInFewLines(PackagedService service) {
        List<String> warnings = service.output().stream()
                .filter(line -> line.contains("WARN") || line.contains("ERROR") || line.startsWith("\t"))
                .toList();
        assertThat(warnings).hasSizeLessThan(FEW_LINES);
        assertThat(warnings).noneMatch(line -> line.contains("\"exception\"") || line.startsWith("\tat "));
        service.awaitOutput("The database answers again");
    }

    private static void execute(PostgresServer server, String sql) throws SQLException {
        try (var connection = server.connect();
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /** Waits: a fault and the time around it have a length. */
    private static void pass(Duration time) throws InterruptedException {
        TimeUnit.MILLISECONDS.sleep(time.toMillis());
    }
}
