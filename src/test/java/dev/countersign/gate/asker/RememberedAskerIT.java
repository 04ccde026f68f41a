package dev.countersign.gate.asker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.testsupport.PackagedService;
import dev.countersign.testsupport.Poll;
import dev.countersign.testsupport.Tenant;
import dev.countersign.testsupport.http.GateClient;
import dev.countersign.testsupport.http.RawHttp;
import dev.countersign.testsupport.http.RawHttp.Answer;
import dev.countersign.testsupport.postgres.OwnPostgres;
import dev.countersign.testsupport.postgres.PostgresProxy;
import io.restassured.RestAssured;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A gateway with an API key, while the database hangs. */
class RememberedAskerIT {

    private static final String PREFLIGHT = "X-Forwarded-Uri: /api/7/envelope/\r\nX-Forwarded-Method: OPTIONS\r\n"
            + "Origin: https://a.example\r\nAccess-Control-Request-Method: POST\r\n";

    @RegisterExtension
    static final OwnPostgres POSTGRES = OwnPostgres.migrated();

    @Test
    void confirmedAskerGoesOnDuringTheGraceOnly() throws Exception {
        try (PostgresProxy proxy = new PostgresProxy(POSTGRES.server().getPort());
                PackagedService service = service(proxy)) {
            RestAssured.port = service.port();
            Tenant tenant = Tenant.create();
            GateClient known = GateClient.impatient(service.gatePort(), tenant.newApiKey("gate:check"));
            GateClient neverSeen = GateClient.impatient(known.port(), tenant.newApiKey("gate:check"));
            assertThat(Poll.until(() -> ask(known), answer -> answer.status() == 200)
                            .status())
                    .isEqualTo(200);

            proxy.hang();

            assertThat(ask(neverSeen).header("X-Countersign-Reason")).isEqualTo("unavailable");
            assertThat(ask(known).status()).as("during the grace").isEqualTo(200);
            assertThat(Poll.until(() -> ask(known), answer -> answer.status() != 200)
                            .header("X-Countersign-Reason"))
                    .as("after the grace")
                    .isEqualTo("unavailable");

            proxy.resume();

            assertThat(Poll.until(() -> ask(neverSeen), answer -> answer.status() == 200)
                            .status())
                    .isEqualTo(200);
        }
    }

    /**
     * More questions at once than the gate looks up at a time, when the key has to be confirmed again. A busy machine may be too
     * slow for the moment between two confirmations, so there are several rounds.
     */
    @Test
    void knownAskerGoesOnWhileItIsConfirmedAgain() throws Exception {
        try (PostgresProxy proxy = new PostgresProxy(POSTGRES.server().getPort());
                PackagedService service = service(proxy)) {
            RestAssured.port = service.port();
            GateClient gate =
                    GateClient.impatient(service.gatePort(), Tenant.create().newApiKey("gate:check"));
            List<RawHttp> connections = new ArrayList<>();
            try {
                for (int i = 0; i < 100; i++) {
                    connections.add(new RawHttp(gate.port()));
                }
                List<Integer> refused = new ArrayList<>();
                for (int round = 0; round < 20 && !refused.contains(0); round++) {
                    Poll.until(() -> ask(gate), answer -> answer.status() == 200);
                    TimeUnit.MILLISECONDS.sleep(520);
                    proxy.hang();
                    refused.add(refused(connections, gate));
                    proxy.resume();
                }
                assertThat(refused).as("refused questions of each round").contains(0);
            } finally {
                for (RawHttp connection : connections) {
                    connection.close();
                }
            }
        }
    }

    private static int refused(List<RawHttp> connections, GateClient gate) throws IOException {
        String question = gate.head("GET", "forwarded", PREFLIGHT);
        for (RawHttp connection : connections) {
            connection.send(question);
        }
        int refused = 0;
        for (RawHttp connection : connections) {
            refused += connection.require(true).status() == 200 ? 0 : 1;
        }
        return refused;
    }

    private static PackagedService service(PostgresProxy proxy) throws IOException, InterruptedException {
        return PackagedService.startMigrated(
                POSTGRES.server(),
                Map.of(
                        "COUNTERSIGN_DB_URL",
                        "postgresql://localhost:" + proxy.port() + "/postgres",
                        "COUNTERSIGN_GATE_PORT",
                        "0",
                        "COUNTERSIGN_GATE_GRACE",
                        "10s"));
    }

    private static Answer ask(GateClient gate) {
        return gate.ask("GET", "forwarded", PREFLIGHT);
    }
}
