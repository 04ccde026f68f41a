package dev.countersign.sqlstate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.testsupport.PackagedService;
import dev.countersign.testsupport.postgres.OwnPostgres;
import io.restassured.path.json.JsonPath;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A refusing database is one line of the log, in PostgreSQL's words. */
class DatabaseLogIT {

    @RegisterExtension
    static final OwnPostgres POSTGRES = new OwnPostgres();

    @Test
    void wrongPasswordIsLoggedOnce() throws Exception {
        POSTGRES.execute("create role stranger login password 'right'");
        String hba = POSTGRES.single("show hba_file");
        java.nio.file.Files.writeString(
                java.nio.file.Path.of(hba), "host all stranger all scram-sha-256\nhost all all all trust\n");
        POSTGRES.execute("select pg_reload_conf()");
        try (PackagedService service =
                PackagedService.start(environment("stranger", "wrong")).awaitReady()) {
            for (int i = 0; i < 5; i++) {
                assertThat(service.send("GET", "organizations/", "").statusCode())
                        .isEqualTo(503);
                assertThat(service.send("POST", "organizations/", """
                        {"name":"Acme"}""").statusCode())
                        .isEqualTo(503);
                assertThat(service.get("/q/health/ready").statusCode()).isEqualTo(503);
            }
            assertThat(readiness(service)).containsEntry("reason", "refused").containsEntry("sqlState", "28P01");

            assertThat(complaints(service.output()))
                    .singleElement()
                    .asString()
                    .contains("The database refuses: password authentication failed for user"
                            + " \\\"stranger\\\" (28P01)");
        }
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({"organization, 200", "flyway_schema_history, 503"})
    void missingPrivilegeIsLoggedOnce(String table, int readiness) throws Exception {
        String role = "without_" + table;
        String database = "of_" + role;
        POSTGRES.execute("create database " + database);
        Map<String, String> migrating = environment("postgres", "", database);
        migrating.put("COUNTERSIGN_MIGRATE", "only");
        try (PackagedService service = PackagedService.start(migrating)) {
            assertThat(service.awaitExit()).isZero();
        }
        POSTGRES.execute("create role " + role + " login");
        POSTGRES.execute(database, "grant select, insert, update, delete on all tables in schema public to " + role);
        POSTGRES.execute(database, "revoke all on " + table + " from " + role);
        try (PackagedService service =
                PackagedService.start(environment(role, "", database)).awaitReady()) {
            for (int i = 0; i < 5; i++) {
                int status = service.send("GET", "organizations/", "").statusCode();
                assertThat(status).isEqualTo(table.equals("organization") ? 503 : 200);
                assertThat(service.get("/q/health/ready").statusCode()).isEqualTo(readiness);
            }

            assertThat(complaints(service.output()))
                    .singleElement()
                    .asString()
                    .contains("The database refuses: ", "permission denied for table " + table + " (42501)");
        }
    }

    /** The migration repeats its attempt for ten seconds. */
    @Test
    void refusedMigrationIsLoggedOnce() throws Exception {
        Map<String, String> environment = environment("nobody", "");
        environment.put("COUNTERSIGN_MIGRATE", "only");
        try (PackagedService service = PackagedService.start(environment)) {
            assertThat(service.awaitExit()).isNotZero();

            assertThat(service.output())
                    .filteredOn(line -> line.contains("nobody"))
                    .containsExactly(
                            "The database could not be migrated: FATAL: role \"nobody\" does not exist (28000)");
            assertThat(complaints(service.output())).isEmpty();
        }
    }

    @Test
    void migrationWithoutCreatePrivilegeIsLogged() throws Exception {
        POSTGRES.execute("create role reader login password 'reader'");
        POSTGRES.execute("revoke create on schema public from public");
        Map<String, String> environment = environment("reader", "reader");
        environment.put("COUNTERSIGN_MIGRATE", "only");
        try (PackagedService service = PackagedService.start(environment)) {
            assertThat(service.awaitExit()).isNotZero();

            assertThat(service.output())
                    .anyMatch(line -> line.contains("could not be migrated")
                            && line.contains("permission denied for schema public")
                            && line.contains("42501"));
            assertThat(service.output()).noneMatch(line -> line.startsWith("\tat "));
        }
    }

    private static Map<String, String> readiness(PackagedService service) throws Exception {
        return JsonPath.from(service.get("/q/health/ready").body())
                .getMap("checks.find { it.name == 'database' }.data");
    }

    private static List<String> complaints(List<String> output) {
        return output.stream()
                .filter(line -> line.contains("WARN")
                        || line.contains("ERROR")
                        || line.contains("\"exception\"")
                        || line.startsWith("\tat "))
                .toList();
    }

    private static Map<String, String> environment(String role, String password) {
        return environment(role, password, "postgres");
    }

    private static Map<String, String> environment(String role, String password, String database) {
        Map<String, String> environment =
                new HashMap<>(PackagedService.environment(POSTGRES.server().getPort(), database));
        environment.put("COUNTERSIGN_INGEST_ENDPOINT", "https://sentry.io");
        environment.put("COUNTERSIGN_DB_USERNAME", role);
        environment.put("COUNTERSIGN_DB_PASSWORD", password);
        return environment;
    }
}
