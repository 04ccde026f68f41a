package dev.countersign.postgres.pool;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.testsupport.PackagedService;
import dev.countersign.testsupport.Poll;
import dev.countersign.testsupport.postgres.OwnPostgres;
import dev.countersign.testsupport.postgres.PostgresProxy;
import java.io.IOException;
import java.net.ServerSocket;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The first request after a start uses the database connection that the start has opened. */
class FirstRequestIT {

    @RegisterExtension
    static final OwnPostgres POSTGRES = OwnPostgres.migrated();

    private static final int STARTS = 3;

    private static PostgresProxy proxy;
    private static Map<String, String> environment;
    private static String keys;

    @BeforeAll
    static void createProject() throws Exception {
        try (PackagedService service = PackagedService.startMigrated(POSTGRES.server(), Map.of())) {
            keys = service.newProject("acme");
        }
        proxy = new PostgresProxy(POSTGRES.server().getPort());
        environment = new HashMap<>(PackagedService.environment(proxy.port(), "postgres"));
        environment.put("COUNTERSIGN_INGEST_ENDPOINT", "https://sentry.io");
    }

    @AfterAll
    static void closeProxy() throws Exception {
        proxy.close();
    }

    /** On a busy machine the request may come when the start has been over for long, so that one of several starts counts. */
    @Test
    void firstRequestNeedsNoNewConnectionAndLaterRequestsOpenTheirOwn() throws Exception {
        int first = 0;
        for (int i = 0; i < STARTS && first != 201; i++) {
            proxy.leadTo(POSTGRES.server().getPort());
            first = firstAndLater();
        }
        assertThat(first).isEqualTo(201);
    }

    private static int firstAndLater() throws Exception {
        try (PackagedService service = PackagedService.start(environment).awaitReady()) {
            awaitDatabase(service);
            proxy.leadTo(closedPort());
            int first = create(service);

            int later = Poll.until(() -> create(service), status -> status == 503);
            assertThat(later).as("without a connection of the pool").isEqualTo(503);
            proxy.leadTo(POSTGRES.server().getPort());
            assertThat(Poll.until(() -> create(service), status -> status == 201))
                    .isEqualTo(201);
            return first;
        }
    }

    @Test
    void firstRequestIsAnsweredAfterTheConnectionOfTheStartIsLost() throws Exception {
        try (PackagedService service = PackagedService.start(environment).awaitReady()) {
            awaitDatabase(service);
            proxy.dropAll();

            assertThat(Poll.until(() -> create(service), status -> status == 201))
                    .isEqualTo(201);
        }
    }

    private static void awaitDatabase(PackagedService service) {
        int ready = Poll.until(() -> service.uncheckedGet("/q/health/ready").statusCode(), status -> status == 200);
        assertThat(ready).isEqualTo(200);
    }

    private static int create(PackagedService service) {
        try {
            return service.send("POST", keys, "{}").statusCode();
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A port of the loopback on which nothing listens. */
    private static int closedPort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}
