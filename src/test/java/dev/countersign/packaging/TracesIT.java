package dev.countersign.packaging;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.countersign.testsupport.Api;
import dev.countersign.testsupport.PackagedService;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Traces are one variable away, and say which route was called but not for whom. */
class TracesIT {

    private static final int MAX_PROBES = 200;
    private static final int PROBE_INTERVAL_MILLIS = 100;

    /** What a collector was sent, as it is: names and texts of a protocol buffer stand in it in plain UTF-8. */
    private final StringBuffer received = new StringBuffer();

    @Test
    void aCollectorIsSentRoutesAndStatementsButNoSlugKeyOrToken() throws Exception {
        HttpServer collector = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        collector.createContext("/", exchange -> {
            received.append(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.ISO_8859_1));
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        collector.start();
        try (EmbeddedPostgres postgres = EmbeddedPostgres.start();
                PackagedService service = PackagedService.start(
                                environment(postgres, collector.getAddress().getPort()))
                        .awaitReady()) {
            service.send("POST", "organizations/", "{\"name\":\"Zanzibar\"}");
            service.send("GET", "organizations/zanzibar/?query=slug:zanzibar", "");
            service.send("OPTIONS", "organizations/zanzibar/", "");

            await("/api/0/organizations/{organization}");
            await("insert into");
            assertThat(received.toString())
                    .contains("http.route")
                    .doesNotContainIgnoringCase("zanzibar")
                    .doesNotContain(Api.OPERATOR_TOKEN);
        } finally {
            collector.stop(0);
        }
    }

    private static Map<String, String> environment(EmbeddedPostgres postgres, int collector) {
        Map<String, String> environment = new HashMap<>(PackagedService.environment(postgres));
        environment.put("COUNTERSIGN_MIGRATE", "at-start");
        environment.put("COUNTERSIGN_INGEST_ENDPOINT", "https://sentry.io");
        environment.put("QUARKUS_OTEL_SDK_DISABLED", "false");
        environment.put("QUARKUS_OTEL_EXPORTER_OTLP_ENDPOINT", "http://localhost:" + collector);
        environment.put("QUARKUS_OTEL_EXPORTER_OTLP_PROTOCOL", "http/protobuf");
        environment.put("QUARKUS_OTEL_BSP_SCHEDULE_DELAY", "200ms");
        return environment;
    }

    private void await(String text) throws IOException, InterruptedException {
        for (int i = 0; i < MAX_PROBES; i++) {
            if (received.indexOf(text) >= 0) {
                return;
            }
            Thread.sleep(PROBE_INTERVAL_MILLIS);
        }
        throw new AssertionError("The collector was not sent: " + text);
    }
}
