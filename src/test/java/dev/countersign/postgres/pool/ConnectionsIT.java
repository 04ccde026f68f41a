package dev.countersign.postgres.pool;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.testsupport.Api;
import dev.countersign.testsupport.KeyLoad;
import dev.countersign.testsupport.PackagedService;
import dev.countersign.testsupport.Poll;
import dev.countersign.testsupport.http.Client;
import dev.countersign.testsupport.postgres.OwnPostgres;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The number of connections of an instance, and statements that share one connection. */
class ConnectionsIT {

    private static final int BESIDE_THE_LOCK = 32;

    private static final String COUNT = "select count(*) from pg_stat_activity where datname = current_database()"
            + " and application_name <> 'PostgreSQL JDBC Driver'"; // the test's own, which end a little later
    private static final String LOCK = "select from project p join organization o on o.id = p.organization_id"
            + " where o.slug = 'locked' for update of p";

    @RegisterExtension
    static final OwnPostgres POSTGRES = OwnPostgres.migrated();

    @Test
    void instanceOpensOnlyTheConfiguredConnections() throws Exception {
        try (PackagedService service = start(2)) {
            KeyLoad load = KeyLoad.start(service, service.newProject("busy"), KeyLoad.Routing.UNTIL_IT_IS_GONE);
            for (int keys = 50; keys <= 300; keys += 50) {
                load.await(keys);
                assertThat(service.send("GET", "organizations/", "").statusCode())
                        .isEqualTo(200);
                // One that listens, beside the two. Each opens at its first use, and the one that listens a little
                // later.
                assertThat(Poll.until(ConnectionsIT::connections, open -> open >= 3))
                        .isEqualTo(3);
            }
            service.process().destroy();
            load.awaitEnd();
        }
    }

    /** Statements for other projects share its connection, and are answered after it is cancelled. */
    @Test
    void statementThatWaitsForALockFailsAlone() throws Exception {
        try (PackagedService service = start(8);
                Connection other = POSTGRES.connect()) {
            String locked = service.newProject("locked");
            String free = service.newProject("free");
            assertThat(service.send("POST", locked, "{}").statusCode()).isEqualTo(201);
            other.setAutoCommit(false);
            other.createStatement().execute(LOCK);

            Client client = service.client(Duration.ofSeconds(30));
            var waiting = client.send("POST", Api.url(locked), "{}");
            var others = Stream.generate(() -> client.send("POST", Api.url(free), "{}"))
                    .limit(BESIDE_THE_LOCK)
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

    private static int connections() {
        try {
            return Integer.parseInt(POSTGRES.single(COUNT));
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
