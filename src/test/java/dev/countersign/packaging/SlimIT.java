package dev.countersign.packaging;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.testsupport.PackagedService;
import dev.countersign.testsupport.http.RawHttp;
import dev.countersign.testsupport.postgres.OwnPostgres;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A slim package has no metrics, traces and JSON logs, and serves the same API: {@code ./mvnw verify -Dslim}. */
@Tag("slim")
class SlimIT {

    @RegisterExtension
    static final OwnPostgres POSTGRES = new OwnPostgres();

    static PackagedService service;

    @BeforeAll
    static void start() throws Exception {
        service = PackagedService.startMigrated(POSTGRES.server(), Map.of("COUNTERSIGN_GATE_PORT", "0"));
    }

    @AfterAll
    static void stop() {
        service.close();
    }

    @Test
    void keyIsCreatedAndListed() throws Exception {
        String keys = service.newProject("slim");

        assertThat(service.send("POST", keys, "{}").statusCode()).isEqualTo(201);
        assertThat(service.send("GET", keys, "").body()).contains("\"dsn\"");
    }

    @Test
    void probesAnswer() throws Exception {
        service.gatePort();

        assertThat(service.get("/q/health/ready").body()).contains("\"database\"", "\"gate\"");
        assertThat(service.get("/q/health/live").statusCode()).isEqualTo(200);
        assertThat(service.get("/q/health/started").statusCode()).isEqualTo(200);
    }

    @Test
    void metricsAreNotFound() throws Exception {
        assertThat(service.get("/q/metrics").statusCode()).isEqualTo(404);
    }

    @Test
    void invalidRequestIsAnsweredInJson() throws Exception {
        try (RawHttp connection = new RawHttp(service.port())) {
            var answer = connection
                    .send("GET / HTTP/1.1\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n")
                    .require(true);

            assertThat(answer.status()).isEqualTo(400);
            assertThat(answer.body()).contains("\"detail\"");
        }
    }

    @Test
    void logIsTextWithoutWarnings() {
        assertThat(service.output())
                .isNotEmpty()
                .noneMatch(line -> line.startsWith("{"))
                .noneMatch(line -> line.contains(" WARN "));
    }
}
