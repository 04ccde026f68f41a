package dev.countersign.packaging;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.settings.Setting;
import dev.countersign.testsupport.Api;
import dev.countersign.testsupport.PackagedService;
import dev.countersign.testsupport.postgres.OwnPostgres;
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
import org.junit.jupiter.params.provider.ValueSource;

/** Starts of the packaged service that succeed, and starts that are refused. */
class StartIT {

    @RegisterExtension
    static final OwnPostgres POSTGRES = new OwnPostgres();

    /** Settings that stop the start at different times. SettingsTest has the wrong values of every setting. */
    @ParameterizedTest(name = "{0}={1}")
    @CsvSource(delimiter = '|', textBlock = """
                    COUNTERSIGN_INGEST_ENDPOINT | '' | countersign.ingest.endpoint (COUNTERSIGN_INGEST_ENDPOINT) \
                    is not set; it should look like https://ingest.example.com
                    COUNTERSIGN_INGEST_ORGANIZATION_SUBDOMAIN | a_b | countersign.ingest.organization-subdomain \
                    (COUNTERSIGN_INGEST_ORGANIZATION_SUBDOMAIN) "a_b" is not a host name part; it should look \
                    like o{organization_id}.ingest
                    COUNTERSIGN_INGEST_NAMED_EU_WEST_ENDPOINT | sentry.io | countersign.ingest.named.eu-west.endpoint \
                    (COUNTERSIGN_INGEST_NAMED_EU_WEST_ENDPOINT) "sentry.io" does not start with https:// or http://; \
                    it should look like https://ingest.example.com
                    COUNTERSIGN_INGEST_NAMED_EU_WEST_CDN_URL | https://h | countersign.ingest.named.eu-west.endpoint \
                    (COUNTERSIGN_INGEST_NAMED_EU_WEST_ENDPOINT) is not set; it should look like \
                    https://ingest.example.com
                    COUNTERSIGN_INGEST_NAMED_DEFAULT_ENDPOINT | https://h | countersign.ingest.named.default.endpoint \
                    (COUNTERSIGN_INGEST_NAMED_DEFAULT_ENDPOINT) "https://h" belongs to a host whose name "default" \
                    is the name of the host that countersign.ingest.endpoint sets; it should look like \
                    countersign.ingest.named.eu-west.endpoint
                    COUNTERSIGN_DB_URL | '' | countersign.db.url (COUNTERSIGN_DB_URL) is not set; it should look \
                    like postgresql://db.example.com:5432/countersign
                    COUNTERSIGN_DB_URL | jdbc:postgresql://h/n | countersign.db.url (COUNTERSIGN_DB_URL) \
                    "jdbc:postgresql://h/n" does not start with postgresql://; it should look like \
                    postgresql://db.example.com:5432/countersign
                    COUNTERSIGN_MIGRATE | atstart | countersign.migrate (COUNTERSIGN_MIGRATE) "atstart" is none \
                    of at-start, never, only; it should look like never
                    COUNTERSIGN_DB_POOL_SIZE | x | countersign.db.pool-size (COUNTERSIGN_DB_POOL_SIZE) "x" is \
                    not a whole number from 2 to 1000; it should look like 8
                    COUNTERSIGN_DB_ACQUIRE_TIMEOUT | 0 | countersign.db.acquire-timeout \
                    (COUNTERSIGN_DB_ACQUIRE_TIMEOUT) "0" is less than 10ms; it should look like 2s
                    """)
    void wrongSettingIsRefusedInOneLine(String variable, String value, String line) throws Exception {
        Map<String, String> environment = new HashMap<>(Map.of("COUNTERSIGN_INGEST_ENDPOINT", "https://sentry.io"));
        environment.put(variable, value);

        try (PackagedService service = start(environment)) {
            assertThat(service.awaitExit()).isEqualTo(1);
            assertThat(service.output()).containsExactly(line);
        }
    }

    @Test
    void misspeltNameIsReportedWithTheMissingSetting() throws Exception {
        Map<String, String> environment = new HashMap<>(PackagedService.environment(POSTGRES.server()));
        environment.put("COUNTERSIGN_INGEST_ENDPOINT", "https://sentry.io");
        environment.put("COUNTERSIGN_DB_ULR", String.valueOf(environment.remove("COUNTERSIGN_DB_URL")));

        try (PackagedService service = PackagedService.start(environment)) {
            assertThat(service.awaitExit()).isEqualTo(1);
            assertThat(service.output())
                    .containsExactly(
                            "COUNTERSIGN_DB_ULR is no setting; did you mean COUNTERSIGN_DB_URL?",
                            "countersign.db.url (COUNTERSIGN_DB_URL) is not set;"
                                    + " it should look like postgresql://db.example.com:5432/countersign");
        }
    }

    /** Also where the build of the executable has filled the interface: a start that did not fill it again would not see the value. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "quarkus.http.ssl-port",
                "quarkus.log.file.rotation.max-backup-index",
                "quarkus.management.port",
                "quarkus.shutdown.delay",
                "quarkus.thread-pool.core-threads",
                "quarkus.vertx.event-loops-pool-size",
                "quarkus.tls.reload-period",
                "quarkus.datasource.reactive.max-size",
                "quarkus.otel.bsp.schedule.delay"
            })
    void wrongQuarkusSettingIsRefusedInOneLine(String name) throws Exception {
        try (PackagedService service =
                start(Map.of("COUNTERSIGN_INGEST_ENDPOINT", "https://sentry.io", Setting.variable(name), "x"))) {
            assertThat(service.awaitExit()).isEqualTo(1);
            assertThat(service.output())
                    .singleElement()
                    .asString()
                    .contains(name, "\"x\"")
                    .doesNotContain("Exception:");
        }
    }

    @Test
    void restartKeepsTheKeys() throws Exception {
        Map<String, String> environment =
                Map.of("COUNTERSIGN_INGEST_ENDPOINT", "https://sentry.io", "COUNTERSIGN_MIGRATE", "at-start");
        String before;
        try (PackagedService service = start(environment).awaitReady()) {
            service.send("POST", "organizations/", """
                    {"name":"Acme"}""");
            service.send("POST", "organizations/acme/teams/", """
                    {"slug":"core"}""");
            assertThat(service.send("POST", "teams/acme/core/projects/", """
                    {"name":"Kept"}""").statusCode())
                    .isEqualTo(201);
            service.send("POST", "projects/acme/kept/keys/", """
                    {"name":"Fabulous Key"}""");
            before = service.send("GET", "projects/acme/kept/keys/", "").body();
        }

        try (PackagedService service = start(environment).awaitReady()) {
            assertThat(service.send("GET", "projects/acme/kept/keys/", "").body())
                    .isEqualTo(before)
                    .contains("Fabulous Key");
        }
    }

    @Test
    void operatorTokenMayComeFromAFile(@TempDir Path folder) throws Exception {
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
    void serviceWithoutOperatorTokenStartsAndWarns() throws Exception {
        Map<String, String> environment = new HashMap<>(PackagedService.environment(POSTGRES.server()));
        environment.remove("COUNTERSIGN_OPERATOR_TOKEN");
        environment.putAll(
                Map.of("COUNTERSIGN_INGEST_ENDPOINT", "https://sentry.io", "COUNTERSIGN_MIGRATE", "at-start"));

        environment.put("COUNTERSIGN_OPERATORTOKEN", Api.OPERATOR_TOKEN);

        try (PackagedService service = PackagedService.start(environment).awaitReady()) {
            assertThat(service.output())
                    .anyMatch(line -> line.contains("No operator token is set"))
                    .anyMatch(line -> line.contains(
                            "COUNTERSIGN_OPERATORTOKEN is no setting; did you mean COUNTERSIGN_OPERATOR_TOKEN?"))
                    .noneMatch(line -> line.contains(Api.OPERATOR_TOKEN));
            assertThat(service.send("GET", "organizations/", "").statusCode()).isEqualTo(401);
        }
    }

    private static PackagedService start(Map<String, String> more) throws IOException {
        Map<String, String> environment = new HashMap<>(PackagedService.environment(POSTGRES.server()));
        environment.putAll(more);
        return PackagedService.start(environment);
    }
}
