package dev.countersign.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.testsupport.PackagedService;
import dev.countersign.testsupport.Poll;
import dev.countersign.testsupport.http.Client;
import dev.countersign.testsupport.http.Route;
import dev.countersign.testsupport.postgres.EmbeddedServers;
import dev.countersign.testsupport.postgres.PostgresProxy;
import dev.countersign.testsupport.postgres.TakenConnections;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.net.http.HttpResponse;
import java.sql.Connection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * While the database hangs, refuses or is full, every route answers 503 in time. Afterwards all routes are served
 * again.
 */
class FaultyDatabaseIT {

    private static final String KEYS = "/api/0/projects/acme/pump/keys/";
    private static final Pattern NEEDS_DATABASE = Pattern.compile("^/api/0/(organizations|projects|teams)/");
    /** The configured time limits together, and more. */
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private static EmbeddedPostgres postgres;
    private static PostgresProxy proxy;
    private static PackagedService service;
    private static Client client;

    @BeforeAll
    static void start() throws Exception {
        postgres = EmbeddedServers.builder()
                .setServerConfig("max_connections", "25")
                .start();
        proxy = new PostgresProxy(postgres.getPort());
        service = PackagedService.startMigrated(
                postgres, Map.of("COUNTERSIGN_DB_URL", "postgresql://localhost:" + proxy.port() + "/postgres"));
        client = service.client(PATIENCE);
        service.newProject("acme");
    }

    @AfterAll
    static void stop() throws Exception {
        service.close();
        proxy.close();
        postgres.close();
    }

    @AfterEach
    void serviceComesBackByItself() throws Exception {
        assertThat(Recovery.await(client, KEYS)).as("served again").isLessThan(PATIENCE);
        assertThat(Poll.until(() -> client.send("POST", KEYS, "{}").join().statusCode(), status -> status == 201))
                .isEqualTo(201);
    }

    @Test
    void everyRouteAnswers503WhileTheDatabaseHangs() throws Exception {
        proxy.hang();
        try {
            assertUnavailableEverywhere();
        } finally {
            proxy.resume();
        }
    }

    @Test
    void connectionsLostInAHangAreNotReused() throws Exception {
        proxy.hang();
        assertUnavailable(client.send("POST", KEYS, "{}").join());
        proxy.dropAll();
        proxy.resume();

        assertThat(Recovery.await(client, KEYS))
                .as("the service has seen that they ended")
                .isLessThan(PATIENCE);
        created(KEYS, "{}");
    }

    @Test
    void everyRouteAnswers503WhileTheDatabaseRefuses() throws Exception {
        proxy.refuse();
        try {
            assertUnavailableEverywhere();
        } finally {
            proxy.accept();
        }
    }

    @Test
    void everyRouteAnswers503WhileTheDatabaseIsFull() throws Exception {
        proxy.refuse();
        TakenConnections all =
                TakenConnections.take(() -> postgres.getPostgresDatabase().getConnection());
        try {
            proxy.accept();
            assertUnavailableEverywhere();
        } finally {
            all.close();
        }
    }

    @Test
    void statementThatWaitsForALockIsCancelled() throws Exception {
        try (Connection connection = postgres.getPostgresDatabase().getConnection()) {
            connection.setAutoCommit(false);
            connection.createStatement().execute("lock table project_key in access exclusive mode");

            assertUnavailable(client.send("POST", KEYS, "{}").join());
            assertUnavailable(client.send("GET", KEYS, "").join());
            connection.rollback();
        }
    }

    /** Sends unknown credentials, which are never in memory, so that no route can answer without the database. */
    private static void assertUnavailableEverywhere() {
        List<CompletableFuture<HttpResponse<String>>> answers = new ArrayList<>();
        for (Route route : Route.all()) {
            if (NEEDS_DATABASE.matcher(route.template()).find()) {
                String body = route.hasBody() ? "{}" : "";
                answers.add(client.send(route.method(), route.path(name -> "1"), body, token(answers.size())));
            }
        }
        assertThat(answers).hasSizeGreaterThan(30);
        answers.add(client.send("POST", KEYS, "{}"));
        answers.add(client.send("GET", KEYS, ""));
        answers.add(client.send("GET", "/api/0/organizations/", ""));
        for (var answer : answers) {
            assertUnavailable(answer.join());
        }
    }

    /** A well-formed token. Malformed tokens are refused without a query. */
    private static String token(int number) {
        return "cs_" + String.format("%043d", number);
    }

    private static void assertUnavailable(HttpResponse<String> response) {
        String request = response.request().method() + " " + response.uri();
        assertThat(response.statusCode()).as(request).isEqualTo(503);
        assertThat(response.body()).as(request).isEqualTo("""
                {"detail":"Service temporarily unavailable"}""");
        assertThat(response.headers().firstValue("Retry-After")).as(request).hasValue("1");
        assertThat(response.headers().firstValue("Content-Type")).as(request).hasValue("application/json");
        assertThat(response.headers().firstValue("X-Frame-Options")).as(request).hasValue("deny");
    }

    private static void created(String path, String json) {
        HttpResponse<String> response = client.send("POST", path, json).join();
        assertThat(response.statusCode()).as(response.body()).isEqualTo(201);
    }
}
