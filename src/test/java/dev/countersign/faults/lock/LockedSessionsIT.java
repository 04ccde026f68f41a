package dev.countersign.faults.lock;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.testsupport.Api;
import dev.countersign.testsupport.OwnService;
import dev.countersign.testsupport.http.Client;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpResponse;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A transaction keeps a row locked. More changes wait for that row than there are sessions, and other requests are
 * served.
 */
@Tag("faults")
class LockedSessionsIT {

    private static final String ORGANIZATION = "organization where slug = 'locked'";
    private static final String IN_IT = "' and organization_id = (select id from organization where slug = 'locked')";
    private static final String TEAM = "team where slug = '";
    private static final String PROJECT = "project where slug = '";

    private static final String NAME = """
            {"name":"New"}""";
    private static final String API_KEY = """
            {"label":"New","scope_list":["org:read"]}""";

    private static final int ROUNDS = 10;
    private static final int MANY = 64;
    private static final AtomicInteger SENT = new AtomicInteger();

    @RegisterExtension
    static final OwnService SERVICE = new OwnService(Map.of());

    private static String locked;
    private static String free;

    /**
     * A change and the row that it locks. Each request replaces {@code New} by another word.
     *
     * @param row a table, and SQL that is true for the row
     * @param path below {@code /api/0/}
     */
    private record Change(String row, String method, String path, String json) {

        Change with(String newPath) {
            return new Change(row, method, newPath, json);
        }

        Connection lock() throws SQLException {
            return SERVICE.postgres().begin("select from " + row + " for update");
        }

        /** Whether the change is made. A removal is also done if another request made it. */
        boolean isDone(int status) {
            return status < 300 || method.equals("DELETE") && status == 404;
        }

        CompletableFuture<HttpResponse<String>> send(Client client) {
            return client.send(method, Api.url(path), json.replace("New", "New " + SENT.incrementAndGet()));
        }
    }

    static Stream<Arguments> changes() {
        return Stream.of(
                        new Change(ORGANIZATION, "PUT", "organizations/locked/", NAME),
                        new Change(ORGANIZATION, "POST", "organizations/locked/teams/", NAME),
                        new Change(ORGANIZATION, "POST", "organizations/locked/api-keys/", API_KEY),
                        new Change(ORGANIZATION, "POST", "teams/locked/core/projects/", NAME),
                        new Change(TEAM + "core" + IN_IT, "PUT", "teams/locked/core/", NAME),
                        new Change(TEAM + "old" + IN_IT, "DELETE", "teams/locked/old/", ""),
                        new Change(PROJECT + "pump" + IN_IT, "PUT", "projects/locked/pump/", NAME),
                        new Change(PROJECT + "pump" + IN_IT, "POST", "projects/locked/pump/teams/other/", ""),
                        new Change("api_key", "PUT", "organizations/locked/api-keys/{api-key}/", API_KEY),
                        new Change("api_key", "DELETE", "organizations/locked/api-keys/{api-key}/", ""),
                        new Change("project_key", "PUT", "projects/locked/pump/keys/{key}/", NAME),
                        new Change("project_key", "DELETE", "projects/locked/pump/keys/{key}/", ""),
                        new Change(PROJECT + "doomed" + IN_IT, "DELETE", "projects/locked/doomed/", ""))
                .map(change -> Arguments.of(change.method() + " " + change.path(), change));
    }

    @BeforeAll
    static void start() throws Exception {
        locked = Api.url(SERVICE.get().newProject("locked"));
        free = Api.url(SERVICE.get().newProject("free"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("changes")
    void waitingChangesLeaveConnectionsToOthers(String name, Change named) throws Exception {
        Client waiting = SERVICE.get().client(Promised.WAIT);
        Client others = SERVICE.get().client(Promised.WAIT_OF_OTHERS);
        Change change = prepare(waiting, named);
        try (Connection connection = change.lock()) {
            var stuck =
                    IntStream.range(0, MANY).mapToObj(i -> change.send(waiting)).toList();
            for (int i = 0; i < ROUNDS; i++) {
                assertThat(others.send("GET", Api.url("organizations/free/teams/"), "")
                                .join()
                                .statusCode())
                        .isEqualTo(200);
                assertCreated(others.send("POST", free, "{}").join());
                TimeUnit.MILLISECONDS.sleep(100);
            }
            assertThat(stuck).extracting(answer -> answer.join().statusCode()).containsOnly(503);
            connection.rollback();
        }
        assertThat(change.send(waiting).join().statusCode()).matches(change::isDone);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("changes")
    void waitingChangesAreServedAfterTheLock(String name, Change named) throws Exception {
        Client waiting = SERVICE.get().client(Promised.WAIT);
        Change change = prepare(waiting, named);
        List<CompletableFuture<HttpResponse<String>>> stuck;
        try (Connection connection = change.lock()) {
            stuck = IntStream.range(0, MANY).mapToObj(i -> change.send(waiting)).toList();
            TimeUnit.MILLISECONDS.sleep(500);
            connection.rollback();
        }
        var statuses = stuck.stream().map(answer -> answer.join().statusCode()).toList();
        assertThat(statuses).anyMatch(status -> status < 300);
        assertThat(statuses).allMatch(change::isDone);
    }

    /** Creates the rows that the change needs. */
    private static Change prepare(Client client, Change change) {
        client.send("POST", Api.url("organizations/locked/teams/"), """
                        {"slug":"old"}""").join();
        client.send("POST", Api.url("organizations/locked/teams/"), """
                        {"slug":"other"}""").join();
        client.send("DELETE", Api.url("projects/locked/pump/teams/other/"), "").join();
        client.send("POST", Api.url("teams/locked/core/projects/"), """
                        {"name":"Doomed","slug":"doomed"}""").join();
        String path = change.path();
        if (path.contains("{api-key}")) {
            path = path.replace("{api-key}", newId(client, Api.url("organizations/locked/api-keys/"), API_KEY));
        }
        if (path.contains("{key}")) {
            path = path.replace("{key}", newId(client, locked, "{}"));
        }
        return change.with(path);
    }

    private static String newId(Client client, String path, String json) {
        HttpResponse<String> answer = client.send("POST", path, json).join();
        assertCreated(answer);
        return new JsonObject(answer.body()).getString("id");
    }

    private static void assertCreated(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
    }
}
