package dev.countersign.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.testsupport.Api;
import dev.countersign.testsupport.PackagedService;
import dev.countersign.testsupport.http.Client;
import dev.countersign.testsupport.postgres.PostgresProxy;
import dev.countersign.testsupport.postgres.PostgresServer;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Kills the service or its database in the middle of a create with an {@code Idempotency-Key}. The client sends the request again until
 * it is answered: there is one object, and its record.
 */
@Tag("faults")
class KilledCreateIT {

    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final Duration LONGEST_OUTAGE = Duration.ofSeconds(60);
    private static final int PAUSE_MILLIS = 100;
    private static final String PROJECTS = Api.url("organizations/repeated/projects/");
    private static final String KEYS = Api.url("projects/repeated/pump/keys/");

    @TempDir
    private static Path folder;

    private static PostgresServer postgres;
    private static PostgresProxy proxy;
    private static PackagedService service;

    @BeforeAll
    static void start() throws Exception {
        postgres = PostgresServer.create(PostgresServer.embeddedBinaries(), folder.resolve("data"))
                .start();
        proxy = new PostgresProxy(postgres.port());
        startService();
        service.newProject("repeated");
    }

    @AfterAll
    static void stop() throws Exception {
        service.close();
        proxy.close();
        postgres.close();
    }

    @ParameterizedTest(name = "{1} is killed {2} \"{3}\" of {0}")
    @CsvSource({
        "client key, service, before, select pg_try_advisory",
        "client key, service, before, insert into project_key",
        "client key, service, before, insert into idempotency_record",
        "client key, service, before, COMMIT",
        "client key, service, after, COMMIT",
        "client key, database, before, select pg_try_advisory",
        "client key, database, before, insert into project_key",
        "client key, database, before, insert into idempotency_record",
        "client key, database, before, COMMIT",
        "client key, database, after, COMMIT",
        "project, service, before, insert into idempotency_record",
        "project, service, after, COMMIT",
        "project, database, before, COMMIT",
        "project, database, after, COMMIT"
    })
    void killedCreateLeavesOneObjectOnceItIsRepeated(String what, String victim, String when, String statement)
            throws Exception {
        String path = what.equals("project") ? PROJECTS : KEYS;
        String key = UUID.randomUUID().toString();
        CompletableFuture<Void> reached = proxy.hangAt(statement, when.equals("after"));
        CompletableFuture<HttpResponse<String>> first = create(path, key);
        reached.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        if (when.equals("after")) {
            awaitCommitted(key);
        }

        kill(victim);
        assertThat(statusOrZero(first)).isNotEqualTo(201);
        HttpResponse<String> answer = repeatUntilAnswered(path, key);

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
        assertThat(answer.headers().firstValue("Idempotency-Replayed").orElse(""))
                .isEqualTo(when.equals("after") ? "true" : "");
        assertThat(objects(path, key)).as("objects of this name").isEqualTo("1");
        assertThat(postgres.single("select count(*) from idempotency_record where key = '" + key + "'"))
                .isEqualTo("1");
    }

    /** As often as the client repeats it, each answer shows the same object. */
    @ParameterizedTest
    @CsvSource({"service", "database"})
    void crowdThatIsInterruptedMakesOneObject(String victim) throws Exception {
        String key = UUID.randomUUID().toString();
        CompletableFuture<Void> reached = proxy.hangAt("insert into idempotency_record", false);
        List<CompletableFuture<HttpResponse<String>>> crowd =
                Stream.generate(() -> create(KEYS, key)).limit(32).toList();
        reached.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);

        kill(victim);
        crowd.forEach(KilledCreateIT::statusOrZero);
        repeatUntilAnswered(KEYS, key);

        assertThat(objects(KEYS, key)).isEqualTo("1");
    }

    /** Kills a process, loses what the proxy held back, and starts the process again. */
    private static void kill(String victim) throws Exception {
        boolean isService = victim.equals("service");
        if (isService) {
            service.process().destroyForcibly().waitFor();
        } else {
            postgres.kill();
        }
        proxy.dropAll();
        proxy.resume();
        if (isService) {
            startService();
        } else {
            postgres.start();
        }
    }

    private static HttpResponse<String> repeatUntilAnswered(String path, String key) throws InterruptedException {
        long end = System.nanoTime() + LONGEST_OUTAGE.toNanos();
        while (System.nanoTime() < end) {
            CompletableFuture<HttpResponse<String>> answer = create(path, key);
            int status = statusOrZero(answer);
            if (status != 0 && status != 503 && status != 409) {
                return answer.join();
            }
            TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
        }
        throw new AssertionError("not answered within " + LONGEST_OUTAGE);
    }

    /** The server goes on by itself once it has the statement. */
    private static void awaitCommitted(String key) throws Exception {
        String count = "select count(*) from idempotency_record where key = '" + key + "'";
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (postgres.single(count).equals("0")) {
            assertThat(System.nanoTime()).as("committed").isLessThan(end);
        }
    }

    private static CompletableFuture<HttpResponse<String>> create(String path, String key) {
        return Client.of(service.port(), null, PATIENCE)
                .send("POST", path, """
                        {"name": "%s"}""".formatted(key), Api.OPERATOR_TOKEN, "Idempotency-Key", key);
    }

    /** The status of an answer, or 0 where the connection broke. */
    private static int statusOrZero(CompletableFuture<HttpResponse<String>> answer) {
        try {
            return answer.join().statusCode();
        } catch (CompletionException broken) {
            return 0;
        }
    }

    private static String objects(String path, String name) throws Exception {
        return postgres.single(
                path.equals(PROJECTS)
                        ? "select count(*) from project where name = '" + name + "'"
                        : "select count(*) from project_key where label = '" + name + "'");
    }

    private static void startService() throws Exception {
        service = PackagedService.start(Map.of(
                        "COUNTERSIGN_DB_URL", "postgresql://localhost:" + proxy.port() + "/postgres",
                        "COUNTERSIGN_DB_USERNAME", "postgres",
                        "COUNTERSIGN_DB_PASSWORD", "postgres",
                        "COUNTERSIGN_OPERATOR_TOKEN", Api.OPERATOR_TOKEN,
                        "COUNTERSIGN_INGEST_ENDPOINT", "https://sentry.io",
                        "COUNTERSIGN_MIGRATE", "at-start"))
                .awaitReady();
    }
}
