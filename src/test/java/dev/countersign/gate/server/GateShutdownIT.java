package dev.countersign.gate.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.testsupport.PackagedService;
import dev.countersign.testsupport.Poll;
import dev.countersign.testsupport.http.GateClient;
import dev.countersign.testsupport.http.RawHttp;
import dev.countersign.testsupport.postgres.OwnPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** How the gate of a packaged service starts and stops. */
class GateShutdownIT {

    private static final String PREFLIGHT = "X-Forwarded-Uri: /api/7/envelope/\r\nX-Forwarded-Method: OPTIONS\r\n"
            + "Origin: https://a.example\r\nAccess-Control-Request-Method: POST\r\n";

    @RegisterExtension
    static final OwnPostgres POSTGRES = OwnPostgres.migrated();

    @Test
    void gatewaysMoveAwayWhileTheInstanceStops() throws Exception {
        try (PackagedService service = start("0", Map.of("QUARKUS_SHUTDOWN_DELAY", "10s"))) {
            GateClient gate = new GateClient(service.gatePort(), null);
            String question = gate.head("GET", "forwarded", PREFLIGHT);
            try (RawHttp kept = new RawHttp(gate.port())) {
                assertThat(kept.send(question).require(true).header("Connection"))
                        .isEmpty();

                service.process().destroy();
                Poll.until(() -> status(service), status -> status == 503);

                assertThat(kept.send(question).require(true).status())
                        .as("still served")
                        .isEqualTo(200);
                assertThat(gate.send(question, true).header("Connection")).isEqualTo("close");
                assertThat(kept.isClosed()).isTrue();
            }
            assertThat(service.awaitExit()).isEqualTo(143);
        }
    }

    /** Where two requests come in one piece, the gateway sends the second again to another instance. */
    @Test
    void requestBehindTheLastAnswerIsNotCounted() throws Exception {
        try (PackagedService service = start("0", Map.of("QUARKUS_SHUTDOWN_DELAY", "10s"))) {
            GateClient gate = new GateClient(service.gatePort(), null);
            String question = gate.head("GET", "forwarded", PREFLIGHT);
            service.process().destroy();
            Poll.until(() -> status(service), status -> status == 503);
            try (RawHttp connection = new RawHttp(gate.port())) {
                assertThat(connection.send(question + question).readToEnd().split("HTTP/1.1 200", -1))
                        .as("answers, and what comes before the first")
                        .hasSize(2);
            }
            assertThat(service.metric("countersign_gate_requests_total{outcome=\"preflight\"}"))
                    .isEqualTo("1.0");
            service.process().destroyForcibly(); // not at the end of its delay
        }
    }

    @Test
    void portThatIsTakenEndsTheService() throws Exception {
        try (ServerSocket taken = new ServerSocket(0)) {
            PackagedService service = PackagedService.start(environment(Integer.toString(taken.getLocalPort())));

            assertThat(service.awaitExit()).isEqualTo(1);
            assertThat(service.output())
                    .anyMatch(line -> line.contains("The gate cannot listen on port " + taken.getLocalPort()));
        }
    }

    @Test
    void withoutAPortThereIsNoGate() throws Exception {
        try (PackagedService service =
                PackagedService.startMigrated(POSTGRES.server(), Map.of("COUNTERSIGN_GATE_TOKEN", "t".repeat(32)))) {
            assertThat(Poll.until(() -> status(service), status -> status == 200))
                    .isEqualTo(200);
            assertThat(service.output()).noneMatch(line -> line.contains("gate listens"));
            assertThat(service.get("/q/metrics").body()).doesNotContain("countersign_gate_requests");
        }
    }

    private static PackagedService start(String port, Map<String, String> settings)
            throws IOException, InterruptedException {
        Map<String, String> all = environment(port);
        all.putAll(settings);
        return PackagedService.startMigrated(POSTGRES.server(), all);
    }

    private static Map<String, String> environment(String port) {
        Map<String, String> all = new HashMap<>(PackagedService.environment(POSTGRES.server()));
        all.put("COUNTERSIGN_INGEST_ENDPOINT", "https://sentry.io");
        all.put("COUNTERSIGN_MIGRATE", "at-start");
        all.put("COUNTERSIGN_GATE_PORT", port);
        all.put("COUNTERSIGN_GATE_TRUSTED_ADDRESSES", "127.0.0.1,::1");
        return all;
    }

    private static int status(PackagedService service) {
        try {
            return service.get("/q/health/ready").statusCode();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
