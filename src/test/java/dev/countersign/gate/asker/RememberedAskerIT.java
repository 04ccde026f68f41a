package dev.countersign.gate.asker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.testsupport.PackagedService;
import dev.countersign.testsupport.Poll;
import dev.countersign.testsupport.Tenant;
import dev.countersign.testsupport.http.GateClient;
import dev.countersign.testsupport.http.RawHttp.Answer;
import dev.countersign.testsupport.postgres.OwnPostgres;
import dev.countersign.testsupport.postgres.PostgresProxy;
import io.restassured.RestAssured;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A gateway with an API key, while the database hangs. */
class RememberedAskerIT {

    private static final String PREFLIGHT = "X-Forwarded-Uri: /api/7/envelope/\r\nX-Forwarded-Method: OPTIONS\r\n"
            + "Origin: https://a.example\r\nAccess-Control-Request-Method: POST\r\n";

    @RegisterExtension
    static final OwnPostgres POSTGRES = new OwnPostgres();

    @Test
    void confirmedAskerGoesOnDuringTheGraceOnly() throws Exception {
        try (PostgresProxy proxy = new PostgresProxy(POSTGRES.server().getPort());
                PackagedService service = PackagedService.startMigrated(
                        POSTGRES.server(),
                        Map.of(
                                "COUNTERSIGN_DB_URL",
                                "postgresql://localhost:" + proxy.port() + "/postgres",
                                "COUNTERSIGN_GATE_PORT",
                                "0",
                                "COUNTERSIGN_GATE_GRACE",
                                "5s"))) {
            RestAssured.port = service.port();
            Tenant tenant = Tenant.create();
            GateClient known = GateClient.impatient(service.gatePort(), tenant.newApiKey("gate:check"));
            GateClient neverSeen = GateClient.impatient(known.port(), tenant.newApiKey("gate:check"));
            assertThat(ask(known).status()).isEqualTo(200);

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

    private static Answer ask(GateClient gate) {
        return gate.ask("GET", "forwarded", PREFLIGHT);
    }
}
