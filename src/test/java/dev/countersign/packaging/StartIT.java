package dev.countersign.packaging;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.testsupport.OwnPostgres;
import dev.countersign.testsupport.PackagedService;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How the packaged service starts, and when it does not. */
class StartIT {

    @RegisterExtension
    static final OwnPostgres POSTGRES = new OwnPostgres();

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "'' | countersign.ingest.endpoint is not set",
                "sentry.io | does not start with https:// or http://",
                "https:///x | has no host",
                "https://my_host.example.com | has an underscore in its host",
                "https://sentry.io?x=1 | has a query or a fragment"
            })
    void anIngestEndpointThatWouldMakeBadDsnsIsRefusedInOneLine(String endpoint, String why) throws Exception {
        try (PackagedService service = start(Map.of("COUNTERSIGN_INGEST_ENDPOINT", endpoint))) {
            assertThat(service.awaitExit()).isNotZero();

            assertThat(service.output())
                    .filteredOn(line -> line.contains("countersign.ingest.endpoint"))
                    .singleElement()
                    .asString()
                    .contains(why)
                    .contains("it should look like https://ingest.example.com");
            assertThat(service.output()).noneMatch(line -> line.startsWith("\tat ") || line.contains("Exception"));
        }
    }

    @Test
    void aRestartKeepsTheKeys() throws Exception {
        Map<String, String> environment =
                Map.of("COUNTERSIGN_INGEST_ENDPOINT", "https://sentry.io", "COUNTERSIGN_MIGRATE", "at-start");
        String before;
        try (PackagedService service = start(environment).awaitReady()) {
            service.send("POST", "organizations/", "{\"name\":\"Acme\"}");
            service.send("POST", "organizations/acme/teams/", "{\"slug\":\"core\"}");
            assertThat(service.send("POST", "teams/acme/core/projects/", "{\"name\":\"Kept\"}")
                            .statusCode())
                    .isEqualTo(201);
            service.send("POST", "projects/acme/kept/keys/", "{\"name\":\"Fabulous Key\"}");
            before = service.send("GET", "projects/acme/kept/keys/", "").body();
        }

        try (PackagedService service = start(environment).awaitReady()) {
            assertThat(service.send("GET", "projects/acme/kept/keys/", "").body())
                    .isEqualTo(before)
                    .contains("Fabulous Key");
        }
    }

    @Test
    void theOperatorTokenMayComeFromAFile(@TempDir Path folder) throws Exception {
        Path file = Files.writeString(folder.resolve("token"), "operator-token-of-the-tests-32-chars\n");
        Map<String, String> environment = new HashMap<>(PackagedService.environment(POSTGRES.server()));
        environment.remove("COUNTERSIGN_OPERATOR_TOKEN");
        environment.putAll(Map.of(
                "COUNTERSIGN_OPERATOR_TOKEN_FILE", file.toString(),
                "COUNTERSIGN_INGEST_ENDPOINT", "https://sentry.io",
                "COUNTERSIGN_MIGRATE", "at-start"));

        try (PackagedService service = PackagedService.start(environment).awaitReady()) {
            assertThat(service.send("GET", "organizations/", "").statusCode()).isEqualTo(200);
        }
    }

    @Test
    void withoutAnOperatorTokenItStartsAndSaysSo() throws Exception {
        Map<String, String> environment = new HashMap<>(PackagedService.environment(POSTGRES.server()));
        environment.remove("COUNTERSIGN_OPERATOR_TOKEN");
        environment.putAll(
                Map.of("COUNTERSIGN_INGEST_ENDPOINT", "https://sentry.io", "COUNTERSIGN_MIGRATE", "at-start"));

        try (PackagedService service = PackagedService.start(environment).awaitReady()) {
            assertThat(service.output()).anyMatch(line -> line.contains("No operator token is set"));
            assertThat(service.send("GET", "organizations/", "").statusCode()).isEqualTo(401);
        }
    }

    private static PackagedService start(Map<String, String> more) throws IOException {
        Map<String, String> environment = new HashMap<>(PackagedService.environment(POSTGRES.server()));
        environment.putAll(more);
        return PackagedService.start(environment);
    }
}
