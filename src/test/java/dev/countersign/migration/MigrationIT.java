package dev.countersign.migration;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.countersign.testsupport.PackagedService;
import dev.countersign.testsupport.Poll;
import dev.countersign.testsupport.http.FreePort;
import dev.countersign.testsupport.postgres.EmbeddedServers;
import dev.countersign.testsupport.postgres.OwnPostgres;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Migrations run as a step of their own, and the service refuses an old schema. The tests share one migrated database,
 * so the class is long.
 */
class MigrationIT {

    @RegisterExtension
    static final OwnPostgres POSTGRES = new OwnPostgres();

    /** A migrated database without connections, so that PostgreSQL can copy it. */
    private static String migrated = "";

    @BeforeAll
    static void migrateOnce() throws Exception {
        migrated = newDatabase();
        migrate(POSTGRES.server().getPort(), migrated);
    }

    @Test
    void serviceServesOnAMigratedSchema() throws Exception {
        String database = migratedDatabase();

        try (PackagedService service =
                serve(POSTGRES.server().getPort(), database).awaitReady()) {
            awaitReadiness(service);
            assertThat(service.send("POST", "organizations/", """
                    {"name":"Acme"}""").statusCode()).isEqualTo(201);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "drop table flyway_schema_history",
                "delete from flyway_schema_history"
                        + " where version::int = (select max(version::int) from flyway_schema_history)"
            })
    void oldSchemaIsRefusedInOneLine(String change) throws Exception {
        String database = migratedDatabase();
        POSTGRES.execute(database, change);

        try (PackagedService service = serve(POSTGRES.server().getPort(), database)) {
            assertThat(service.awaitExit()).isNotZero();

            assertThat(service.output())
                    .filteredOn(line -> line.contains("schema"))
                    .singleElement()
                    .asString()
                    .contains("this program needs", "migrate first (COUNTERSIGN_MIGRATE=only)");
            assertThat(service.output()).noneMatch(line -> line.contains("\tat ") || line.contains("Exception"));
        }
    }

    @Test
    void newerSchemaIsAccepted() throws Exception {
        String database = migratedDatabase();
        POSTGRES.execute(
                database,
                "insert into flyway_schema_history (installed_rank, version, description, type, script, installed_by,"
                        + " execution_time, success) values (1000, '1000', 'later', 'SQL', 'V1000__later.sql', 'x', 1, true)");

        try (PackagedService service =
                serve(POSTGRES.server().getPort(), database).awaitReady()) {
            awaitReadiness(service);
            assertThat(Poll.until(() -> service.uncheckedGet("/q/health/ready").body(), body -> body.contains("1000")))
                    .contains("1000");
        }
    }

    @Test
    void concurrentMigrationsAreSafe() throws Exception {
        String database = newDatabase();
        try (PackagedService one = start(POSTGRES.server().getPort(), database, "only");
                PackagedService other = start(POSTGRES.server().getPort(), database, "only")) {
            assertThat(one.awaitExit()).as(String.join("\n", one.output())).isZero();
            assertThat(other.awaitExit()).as(String.join("\n", other.output())).isZero();
        }

        migrate(POSTGRES.server().getPort(), database);
        try (var connection = POSTGRES.connect(database);
                var rows = connection
                        .createStatement()
                        .executeQuery("select count(*), count(distinct version), bool_and(success)"
                                + " from flyway_schema_history where type = 'SQL'")) {
            assertThat(rows.next()).isTrue();
            assertThat(rows.getInt(1)).isPositive().isEqualTo(rows.getInt(2));
            assertThat(rows.getBoolean(3)).isTrue();
        }
    }

    @Test
    void serviceIsReadyOnceItsDatabaseStarts(@TempDir Path data) throws Exception {
        int port = FreePort.find();
        try (EmbeddedPostgres before = start(data, port)) {
            migrate(before.getPort(), "postgres");
        }

        try (PackagedService service = serve(port, "postgres").awaitReady()) {
            assertThat(service.get("/q/health/live").statusCode()).isEqualTo(200);
            assertThat(service.get("/q/health/started").statusCode()).isEqualTo(200);
            assertThat(service.get("/q/health/ready").statusCode()).isEqualTo(503);
            HttpResponse<String> refused = service.send("GET", "organizations/", "");
            assertThat(refused.statusCode()).isEqualTo(503);
            assertThat(refused.headers().firstValue("Retry-After")).isPresent();
            assertThatALogLineHolds(
                    service, refused.headers().firstValue("X-Request-Id").orElseThrow());

            try (EmbeddedPostgres after = start(data, port)) {
                assertThat(after.getPort()).isEqualTo(port);
                awaitReadiness(service);
                assertThat(service.send("GET", "organizations/", "").statusCode())
                        .isEqualTo(200);
            }
        }
    }

    /** The test may have the answer before it has read the line. */
    private static void assertThatALogLineHolds(PackagedService service, String requestId) {
        Poll.until(
                service::output,
                output -> output.stream().map(MigrationIT::requestId).anyMatch(requestId::equals));
        assertThat(service.output()).extracting(MigrationIT::requestId).contains(requestId);
    }

    private static String requestId(String line) {
        try {
            return new ObjectMapper().readTree(line).at("/mdc/requestId").asText();
        } catch (IOException e) {
            throw new UncheckedIOException(line, e);
        }
    }

    private static void migrate(int port, String database) throws Exception {
        try (PackagedService migration = start(port, database, "only")) {
            assertThat(migration.awaitExit())
                    .as(String.join("\n", migration.output()))
                    .isZero();
        }
    }

    private static PackagedService serve(int port, String database) throws IOException {
        return start(port, database, "never");
    }

    private static PackagedService start(int port, String database, String migrate) throws IOException {
        Map<String, String> environment = new HashMap<>(PackagedService.environment(port, database));
        environment.put("COUNTERSIGN_MIGRATE", migrate);
        environment.put("COUNTERSIGN_INGEST_ENDPOINT", "https://sentry.io");
        // Each refused request has a line of its own there, with its id.
        environment.put("QUARKUS_LOG_CATEGORY__DEV_COUNTERSIGN_SQLSTATE__LEVEL", "DEBUG");
        return PackagedService.start(environment);
    }

    private static EmbeddedPostgres start(Path data, int port) throws IOException {
        return EmbeddedServers.builder()
                .setPort(port)
                .setDataDirectory(data.resolve("postgres"))
                .setCleanDataDirectory(false)
                .start();
    }

    private static String newDatabase() throws SQLException {
        return databaseLike("template1");
    }

    private static String migratedDatabase() throws SQLException {
        return databaseLike(migrated);
    }

    private static String databaseLike(String template) throws SQLException {
        String name = "db_" + UUID.randomUUID().toString().replace("-", "");
        POSTGRES.execute("create database " + name + " template " + template);
        return name;
    }

    private static void awaitReadiness(PackagedService service) {
        assertThat(Poll.until(() -> service.uncheckedGet("/q/health/ready").statusCode(), status -> status == 200))
                .as(String.join("\n", service.output()))
                .isEqualTo(200);
    }
}
