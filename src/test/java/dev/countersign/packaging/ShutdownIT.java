package dev.countersign.packaging;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.testsupport.KeyLoad;
import dev.countersign.testsupport.PackagedService;
import dev.countersign.testsupport.postgres.OwnPostgres;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** SIGTERM under load: accepted requests are answered, and acknowledged keys are stored. */
class ShutdownIT {

    /** The exit status of a process ended by SIGTERM. */
    private static final int TERMINATED = 143;

    private static final int BEFORE_SIGTERM = 200;

    @RegisterExtension
    static final OwnPostgres POSTGRES = OwnPostgres.migrated();

    @Test
    void clientsOfAReadinessProbeLoseNoRequest() throws Exception {
        // Long enough for the clients to stop and for a late one on a busy machine: the service ends after this time in
        // any case.
        try (PackagedService service = start("15s")) {
            KeyLoad load = KeyLoad.start(service, service.newProject("drained"), KeyLoad.Routing.WHERE_IT_IS_READY);
            load.await(BEFORE_SIGTERM);

            service.process().destroy();
            load.awaitEnd();

            HttpResponse<String> late = service.send("GET", "organizations/", "");
            assertThat(late.statusCode()).as("not ready, and serving").isEqualTo(200);
            assertThat(late.headers().firstValue("Connection")).hasValue("close");
            assertThat(service.get("/q/health/live").statusCode()).isEqualTo(200);
            assertThat(load.failures()).isEmpty();
            assertThat(load.refusals()).isEmpty();
            assertThat(service.awaitExit()).isEqualTo(TERMINATED);
            assertThat(stored()).containsAll(load.acknowledged());
        }
    }

    @Test
    void acknowledgedKeysAreStored() throws Exception {
        try (PackagedService service = start("0s")) {
            KeyLoad load = KeyLoad.start(service, service.newProject("cut"), KeyLoad.Routing.UNTIL_IT_IS_GONE);
            load.await(BEFORE_SIGTERM);

            service.process().destroy();
            load.awaitEnd();

            assertThat(service.awaitExit()).isEqualTo(TERMINATED);
            assertThat(load.refusals()).as("answers other than 201").allMatch(status -> status == 503);
            assertThat(stored()).containsAll(load.acknowledged());
        }
    }

    private static PackagedService start(String delay) throws IOException, InterruptedException {
        return PackagedService.startMigrated(POSTGRES.server(), Map.of("QUARKUS_SHUTDOWN_DELAY", delay));
    }

    private static List<String> stored() throws SQLException {
        return POSTGRES.texts("select public_key from project_key");
    }
}
