package dev.countersign.postgres.pool;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.testsupport.Api;
import dev.countersign.testsupport.KeyLoad;
import dev.countersign.testsupport.OwnPostgres;
import dev.countersign.testsupport.PackagedService;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** How many connections an instance opens, and what becomes of statements that share one. */
class ConnectionsIT {

    private static final int BESIDE_THE_LOCK = 32;

    private static final String COUNT = "select count(*) from pg_stat_activity where datname = current_database()"
            + " and application_name <> 'PostgreSQL JDBC Driver'"; // the test's own, which end a little later
    private static final String LOCK = "select from project p join organization o on o.id = p.organization_id"
            + " where o.slug = 'locked' for update of p";

    @RegisterExtension
    static final OwnPostgres POSTGRES = new OwnPostgres();

    @Test
    void anInstanceOpensNoMoreConnectionsThanItIsTold() throws Exception {
        try (PackagedService service = start(2)) {
            KeyLoad load = KeyLoad.start(service, service.newProject("busy"), KeyLoad.Routing.UNTIL_IT_IS_GONE);
            for (int keys = 50; keys <= 300; keys += 50) {
                load.await(keys);
                assertThat(service.send("GET", "organizations/", "").statusCode())
                        .isEqualTo(200);
                assertThat(connections()).isEqualTo(3); // one that listens, beside the two
            }
            service.process().destroy();
            load.awaitEnd();
        }
    }

    /** Some that concern other projects are behind it on its connection, and are answered when it is given up. */
    @Test
    void aStatementThatWaitsForALockFailsAlone() throws Exception {
        try (PackagedService service = start(8);
                Connection other = POSTGRES.server().getPostgresDatabase().getConnection()) {
            String locked = service.newProject("locked");
            String free = service.newProject("free");
            assertThat(service.send("POST", locked, "{}").statusCode()).isEqualTo(201);
            other.setAutoCommit(false);
            other.createStatement().execute(LOCK);

            HttpClient client =
                    HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
            var waiting = client.sendAsync(create(service, locked), HttpResponse.BodyHandlers.ofString());
            List<CompletableFuture<HttpResponse<String>>> others = Stream.generate(() -> create(service, free))
                    .limit(BESIDE_THE_LOCK)
                    .map(request -> client.sendAsync(request, HttpResponse.BodyHandlers.ofString()))
                    .toList();

            assertThat(others).extracting(answer -> answer.join().statusCode()).containsOnly(201);
            assertThat(waiting.join().statusCode()).isEqualTo(503);
            other.rollback();
            assertThat(service.send("POST", locked, "{}").statusCode()).isEqualTo(201);
        }
    }

    private static PackagedService start(int poolSize) throws IOException, InterruptedException {
        return PackagedService.startMigrated(
                POSTGRES.server(), Map.of("COUNTERSIGN_DB_POOL_SIZE", String.valueOf(poolSize)));
    }

    private static HttpRequest create(PackagedService service, String keys) {
        return HttpRequest.newBuilder(URI.create("http://localhost:" + service.port() + Api.url(keys)))
                .header("Authorization", "Bearer " + Api.OPERATOR_TOKEN)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString("{}"))
                .build();
    }

    private static int connections() throws SQLException {
        try (Connection own = POSTGRES.server().getPostgresDatabase().getConnection();
                var rows = own.createStatement().executeQuery(COUNT)) {
            rows.next();
            return rows.getInt(1);
        }
    }
}
