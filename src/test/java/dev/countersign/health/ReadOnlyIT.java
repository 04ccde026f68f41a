package dev.countersign.health;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.testsupport.Api;
import dev.countersign.testsupport.PackagedService;
import dev.countersign.testsupport.Poll;
import dev.countersign.testsupport.http.Client;
import dev.countersign.testsupport.http.PlainPath;
import dev.countersign.testsupport.postgres.OwnPostgres;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A database that a setting makes read-only, as managed servers do when their disk is full. Reads continue, and the log
 * has one line. Its helpers share the counts of one load, so the class is long.
 */
@Tag("faults")
class ReadOnlyIT {

    private static final String TEAMS = "/api/0/organizations/acme/teams/";
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    /** The second that docs/reliability.md promises, and one more for a busy machine. */
    private static final Duration BACK_WITHIN = Duration.ofSeconds(2);

    private static final int CLIENTS = 8;

    @RegisterExtension
    static final OwnPostgres POSTGRES = new OwnPostgres();

    private final List<Thread> threads = new ArrayList<>();
    private final AtomicInteger names = new AtomicInteger();
    private final Map<Integer, Integer> reads = new ConcurrentHashMap<>();
    private final Map<Integer, Integer> writes = new ConcurrentHashMap<>();
    private final List<String> broken = Collections.synchronizedList(new ArrayList<>());
    /** The token of the reading clients. The service writes the last use of an API key. */
    private volatile String reader = Api.OPERATOR_TOKEN;

    private volatile boolean ended;

    @AfterEach
    void reset() throws Exception {
        ended = true;
        for (Thread thread : threads) {
            thread.join();
        }
        execute("alter system reset default_transaction_read_only");
        execute("select pg_reload_conf()");
    }

    /** PostgreSQL makes all open connections read-only, and later writable again. */
    @Test
    void readsContinueWhileTheDatabaseIsReadOnly() throws Exception {
        String database = migrated("turned");
        try (PackagedService service = serve(database, "")) {
            Client client = service.client(PATIENCE);
            service.newProject("acme");
            HttpResponse<String> made = service.send("POST", "organizations/acme/api-keys/", """
                            {"label":"ci","scope_list":["team:read"]}""");
            reader = PlainPath.of(made.body()).getString("key");
            startLoad(client);
            pass(Duration.ofSeconds(1));
            execute("alter system set default_transaction_read_only = on");
            execute("select pg_reload_conf()");
            assertThat(Poll.until(() -> write(client).statusCode(), status -> status == 503))
                    .isEqualTo(503);
            assertReadsOnFor(Duration.ofSeconds(6), service, client);
            execute("alter system reset default_transaction_read_only");
            execute("select pg_reload_conf()");
            assertWritesReturn(service, client);

            assertThat(complaints(service)).hasSize(1);
            assertThat(reads.keySet()).containsExactly(200);
            // The connection that listens is the first one still.
            assertThat(service.output())
                    .filteredOn(line -> line.contains("Listening to changes"))
                    .hasSize(1);
        }
    }

    /** A connection keeps the setting that the database had when the connection was opened: the service has to replace it. */
    @ParameterizedTest
    @ValueSource(strings = {"", "?target_session_attrs=primary"})
    void connectionsOpenedReadOnlyAreReplaced(String attributes) throws Exception {
        String database = migrated(attributes.isEmpty() ? "begun" : "begun_with_primary");
        try (PackagedService service = serve(database, "")) {
            service.newProject("acme");
        }
        execute("alter database " + database + " set default_transaction_read_only = on");
        try (PackagedService service = serve(database, attributes)) {
            Client client = service.client(PATIENCE);
            startLoad(client);
            pass(Duration.ofSeconds(2));
            assertReadsOnFor(Duration.ofSeconds(6), service, client);
            execute("alter database " + database + " reset default_transaction_read_only");
            assertWritesReturn(service, client);

            // Requests and announcements may meet a connection just as it is replaced.
            assertThat(complaints(service)).hasSizeLessThanOrEqualTo(3);
        }
    }

    private void assertReadsOnFor(Duration time, PackagedService service, Client client) throws Exception {
        assertThat(Poll.until(() -> reason(client), body -> body.contains("read only")))
                .contains("read only");
        reads.clear();
        writes.clear();
        pass(time);
        assertThat(writes.keySet()).containsExactly(503);
        assertThat(reads.keySet()).as("%s", complaints(service)).containsExactly(200);
        HttpResponse<String> refused = write(client);
        assertThat(refused.statusCode()).isEqualTo(503);
        assertThat(refused.headers().firstValue("Retry-After")).isPresent();
        assertThat(complaints(service)).singleElement().asString().contains("The database refuses: ", "(25006)");
        assertThat(service.output()).noneMatch(line -> line.contains("The database answers again"));
    }

    private void assertWritesReturn(PackagedService service, Client client) throws Exception {
        long moment = System.nanoTime();
        int status = write(client).statusCode();
        while (status != 201 && System.nanoTime() - moment < PATIENCE.toNanos()) {
            TimeUnit.MILLISECONDS.sleep(10);
            status = write(client).statusCode();
        }
        assertThat(status).isEqualTo(201);
        assertThat(Duration.ofNanos(System.nanoTime() - moment)).isLessThan(BACK_WITHIN);
        assertThat(Poll.until(() -> reason(client), body -> body.contains("UP") && !body.contains("DOWN")))
                .doesNotContain("DOWN");
        assertThat(Poll.until(
                        () -> service.output().stream()
                                .filter(line -> line.contains("The database answers again"))
                                .count(),
                        count -> count > 0))
                .isEqualTo(1);
        assertThat(broken).isEmpty();
    }

    private void startLoad(Client client) {
        for (int i = 0; i < CLIENTS; i++) {
            boolean writer = i % 2 == 0;
            Thread thread = new Thread(() -> load(client, writer), "client " + i);
            thread.setDaemon(true);
            thread.start();
            threads.add(thread);
        }
    }

    private void load(Client client, boolean writer) {
        while (!ended) {
            try {
                if (writer) {
                    writes.merge(write(client).statusCode(), 1, Integer::sum);
                } else {
                    int status = client.send("GET", TEAMS + "?per_page=5", "", reader)
                            .join()
                            .statusCode();
                    reads.merge(status, 1, Integer::sum);
                }
                TimeUnit.MILLISECONDS.sleep(5);
            } catch (RuntimeException | InterruptedException e) {
                broken.add(e.toString());
            }
        }
    }

    private HttpResponse<String> write(Client client) {
        return client.send("POST", TEAMS, """
                {"slug":"team-%s"}""".formatted(names.incrementAndGet()))
                .join();
    }

    private static String reason(Client client) {
        return client.send("GET", "/q/health/ready", "").join().body();
    }

    private static List<String> complaints(PackagedService service) {
        return service.output().stream()
                .filter(line -> line.contains("WARN")
                        || line.contains("ERROR")
                        || line.contains("\"exception\"")
                        || line.startsWith("\tat "))
                .toList();
    }

    private static String migrated(String database) throws Exception {
        execute("create database " + database);
        Map<String, String> migrating =
                new HashMap<>(PackagedService.environment(POSTGRES.server().getPort(), database));
        migrating.put("COUNTERSIGN_INGEST_ENDPOINT", "https://sentry.io");
        migrating.put("COUNTERSIGN_MIGRATE", "only");
        try (PackagedService service = PackagedService.start(migrating)) {
            assertThat(service.awaitExit()).isZero();
        }
        return database;
    }

    private static PackagedService serve(String database, String attributes) throws Exception {
        Map<String, String> environment =
                new HashMap<>(PackagedService.environment(POSTGRES.server().getPort(), database + attributes));
        environment.put("COUNTERSIGN_INGEST_ENDPOINT", "https://sentry.io");
        environment.put("COUNTERSIGN_LAST_USE_INTERVAL", "1s");
        return PackagedService.start(environment).awaitReady();
    }

    /** Executes SQL, also on a read-only database. */
    private static void execute(String sql) throws Exception {
        try (var connection = POSTGRES.server().getPostgresDatabase().getConnection();
                var statement = connection.createStatement()) {
            statement.execute("set default_transaction_read_only = off");
            statement.execute(sql);
        }
    }

    /** Waits: a fault and the time around it have a length. */
    private static void pass(Duration time) throws InterruptedException {
        TimeUnit.MILLISECONDS.sleep(time.toMillis());
    }
}
