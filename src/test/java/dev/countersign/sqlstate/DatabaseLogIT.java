package dev.countersign.sqlstate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.testsupport.PackagedService;
import dev.countersign.testsupport.Poll;
import dev.countersign.testsupport.http.PlainPath;
import dev.countersign.testsupport.postgres.OwnPostgres;
import java.sql.DriverManager;
import java.sql.SQLException;
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
        // The server reads the file a little later.
        assertThat(Poll.until(DatabaseLogIT::isWrongPasswordRefused, Boolean::booleanValue))
                .isTrue();
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
            assertThat(Poll.until(() -> readiness(service), data -> "refused".equals(data.get("reason"))))
                    .containsEntry("reason", "refused")
                    .containsEntry("sqlState", "28P01");

            assertLoggedOnce(
                    service,
                    "The database refuses: password authentication failed for user" + " \\\"stranger\\\" (28P01)");
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
                assertThat(Poll.until(
                                () -> service.uncheckedGet("/q/health/ready").statusCode(),
                                found -> found == readiness))
                        .isEqualTo(readiness);
            }

            assertLoggedOnce(service, "The database refuses: ", "permission denied for table " + table + " (42501)");
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

    private static boolean isWrongPasswordRefused() {
        String url = "jdbc:postgresql://localhost:" + POSTGRES.server().getPort() + "/postgres";
        try {
            DriverManager.getConnection(url, "stranger", "wrong").close();
            return false;
        } catch (SQLException e) {
            return "28P01".equals(e.getSQLState());
        }
    }

    /** The fault begins again where the database has answered and no fault has occurred for three seconds. */
    private static void assertLoggedOnce(PackagedService service, String... words) {
        List<String> output =
                Poll.until(service::output, lines -> !complaints(lines).isEmpty());
        long ends = output.stream()
                .filter(line -> line.contains("The database answers again"))
                .count();
        assertThat(complaints(output)).hasSizeBetween(1, 1 + (int) ends).allSatisfy(line -> assertThat(line)
                .contains(words));
    }

    private static Map<String, String> readiness(PackagedService service) {
        return PlainPath.of(service.uncheckedGet("/q/health/ready").body())
                .getMap("checks.find { it.name == 'database' }.data");
    }

    /** Without the complaint that a busy machine makes. */
    private static List<String> complaints(List<String> output) {
        return output.stream()
                .filter(line -> !line.contains("The database is out of reach or too slow: "))
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
