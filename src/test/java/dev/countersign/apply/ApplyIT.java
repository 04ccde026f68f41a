package dev.countersign.apply;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.testsupport.CommandRun;
import dev.countersign.testsupport.PackagedService;
import dev.countersign.testsupport.Poll;
import dev.countersign.testsupport.postgres.OwnPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Documents are applied by the packaged program: by the command, by a Job, and in the background of a service. */
class ApplyIT {

    @RegisterExtension
    static final OwnPostgres POSTGRES = new OwnPostgres();

    private static final String WAITING_INSERT =
            "pg_stat_activity where wait_event_type = 'Lock' and query like 'insert into project_key%'";
    private static final int PATIENCE_SECONDS = 60;

    @TempDir
    Path folder;

    private final String organization = "org-" + UUID.randomUUID().toString().substring(0, 8);

    @BeforeAll
    static void migrate() throws Exception {
        CommandRun.packaged(environment(), "migrate");
    }

    @Test
    void commandPrintsWhatChangesAndThenNothing() throws Exception {
        Path file = write("name: Acme\nprojects: [{slug: api}]");

        CommandRun planned = CommandRun.packaged(environment(), "apply", "--dry-run", file.toString());
        CommandRun first = CommandRun.packaged(environment(), "apply", file.toString());
        CommandRun second = CommandRun.packaged(environment(), "apply", folder.toString());

        assertThat(first).isEqualTo(planned);
        assertThat(first)
                .isEqualTo(new CommandRun(
                        0,
                        lines(
                                "+ organization " + organization,
                                "+ project " + organization + "/api",
                                "+ key " + organization + "/api/Default"),
                        ""));
        assertThat(second).isEqualTo(new CommandRun(0, "", ""));
    }

    @Test
    void faultsAreRefusedOnStandardError() throws Exception {
        Path file = write("nam: Acme\nprojects: [{slug: api, teams: [none]}]");

        CommandRun refused = CommandRun.packaged(environment(), "apply", file.toString());

        assertThat(refused).isEqualTo(new CommandRun(2, "", lines(file + ":3: nam: There is no such member.")));
    }

    @Test
    void wrongOwnersAndMissingFilesAreRefused() throws Exception {
        assertThat(CommandRun.packaged(environment(), "apply", "--owner", "a b", "none.yaml")
                        .status())
                .isEqualTo(2);
        assertThat(CommandRun.packaged(environment(), "apply", "none.yaml"))
                .isEqualTo(new CommandRun(2, "", lines("none.yaml:1: document: The file cannot be read.")));
        assertThat(CommandRun.packaged(environment(), "apply")).satisfies(refused -> {
            assertThat(refused.status()).isEqualTo(2);
            assertThat(refused.err()).startsWith("Missing required parameter: 'FILE|DIRECTORY|-'");
        });
    }

    @Test
    void olderSchemaFailsWithTheSentenceOfServing() throws Exception {
        POSTGRES.execute("create database empty_" + organization.replace('-', '_'));
        Map<String, String> environment = new HashMap<>(
                PackagedService.environment(POSTGRES.server().getPort(), "empty_" + organization.replace('-', '_')));
        environment.put("COUNTERSIGN_INGEST_ENDPOINT", "https://sentry.io");

        CommandRun failed =
                CommandRun.packaged(environment, "apply", write("name: Acme").toString());

        assertThat(failed.status()).isEqualTo(1);
        assertThat(failed.out()).isEmpty();
        assertThat(failed.err()).startsWith("The schema of the database is at version 0, this program needs ");
    }

    @Test
    void variableAloneAppliesAndExits() throws Exception {
        Map<String, String> environment = environment();
        environment.put("COUNTERSIGN_APPLY", write("name: Acme").toString());

        assertThat(CommandRun.packaged(environment))
                .isEqualTo(new CommandRun(0, lines("+ organization " + organization), ""));
    }

    @Test
    void ownerOfTheEnvironmentMayPruneWhatItsRunsMade() throws Exception {
        Map<String, String> environment = environment();
        environment.put(
                "COUNTERSIGN_APPLY",
                write("projects: [{slug: api}, {slug: web}]").toString());
        environment.put("COUNTERSIGN_APPLY_INTERVAL", "");
        environment.put("COUNTERSIGN_APPLY_OWNER", "ci");
        assertThat(CommandRun.packaged(environment).status()).isZero();
        String fewer = write("projects: [{slug: api}]").toString();

        assertThat(CommandRun.packaged(environment(), "apply", "--prune", fewer).out())
                .isEmpty();
        assertThat(CommandRun.packaged(environment(), "apply", "--prune", "--owner", "ci", fewer))
                .isEqualTo(new CommandRun(0, lines("- project " + organization + "/web"), ""));
    }

    @Test
    void wrongOwnerOfTheEnvironmentIsRefused() throws Exception {
        Map<String, String> environment = environment();
        environment.put("COUNTERSIGN_APPLY", write("name: Acme").toString());
        environment.put("COUNTERSIGN_APPLY_OWNER", "a b");

        assertThat(CommandRun.packaged(environment))
                .isEqualTo(new CommandRun(
                        2, "", lines("The owner is 1 to 64 letters, digits, dots, hyphens and underscores.")));
    }

    @Test
    void startThatOnlyMigratesAppliesNothing() throws Exception {
        String database = "migrated_" + organization.replace('-', '_');
        POSTGRES.execute("create database " + database);
        Map<String, String> environment =
                new HashMap<>(PackagedService.environment(POSTGRES.server().getPort(), database));
        environment.put("COUNTERSIGN_INGEST_ENDPOINT", "https://sentry.io");
        environment.put("COUNTERSIGN_MIGRATE", "only");
        environment.put("COUNTERSIGN_APPLY", write("name: Acme").toString());

        CommandRun migrated = CommandRun.packaged(environment);

        assertThat(migrated.status()).isZero();
        assertThat(migrated.out()).contains("migrations applied").doesNotContain("+ organization");
        environment.remove("COUNTERSIGN_MIGRATE");
        assertThat(CommandRun.packaged(environment).out()).isEqualTo(lines("+ organization " + organization));
    }

    @Test
    void organizationThatIsHalfWrittenIsTakenBackWhereTheDatabaseGoesAway() throws Exception {
        Path file = write("teams: [{slug: core}]\nprojects: [{slug: api}]");
        Path err = folder.resolve("err");
        Process run;
        try (Connection lock = POSTGRES.begin("lock table project_key in share mode")) {
            run = applyUntilAnInsertWaits(file, folder.resolve("out"), err);

            number("select count(pg_terminate_backend(pid)) from " + WAITING_INSERT);
            lock.rollback();
        }

        assertThat(run.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
        assertThat(run.exitValue()).isEqualTo(1);
        assertThat(Files.readString(err))
                .startsWith("The database failed: The organization " + organization + " is left as it was: ");
        assertThat(number("select count(*) from organization where slug = '" + organization + "'"))
                .isZero();
        assertThat(CommandRun.packaged(environment(), "apply", file.toString()).status())
                .isZero();
    }

    @Test
    void organizationThatIsHalfWrittenIsTakenBackWhereTheCommandIsEnded() throws Exception {
        Path file = write("teams: [{slug: core}]\nprojects: [{slug: api}]");
        Path out = folder.resolve("out");
        Process run;
        try (Connection lock = POSTGRES.begin("lock table project_key in share mode")) {
            run = applyUntilAnInsertWaits(file, out, folder.resolve("err"));

            run.destroy();

            assertThat(run.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
            lock.rollback();
        }

        assertThat(run.exitValue()).isEqualTo(143);
        assertThat(Files.readString(out)).isEmpty();
        assertThat(number("select count(*) from organization where slug = '" + organization + "'"))
                .isZero();
    }

    /** Begins to apply a file, and returns once an INSERT of the run waits for a lock of the test. */
    private Process applyUntilAnInsertWaits(Path file, Path out, Path err) throws Exception {
        Process run = CommandRun.start(environment(), out, err, "apply", file.toString());
        Poll.until(() -> number("select count(*) from " + WAITING_INSERT), count -> count == 1);
        return run;
    }

    private static int number(String query) {
        try {
            return Integer.parseInt(POSTGRES.single(query));
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void oneOfTwoReplicasHealsDrift() throws Exception {
        Path file = write("name: Acme\nprojects: [{slug: api, name: API, keys: [{name: app, isActive: true}]}]");
        Map<String, String> environment = environment();
        environment.put("COUNTERSIGN_APPLY", folder.toString());
        environment.put("COUNTERSIGN_APPLY_INTERVAL", "200ms");
        // A replica whose connection is slow for longer loses its turn, and the other one warns, too.
        environment.put("COUNTERSIGN_DB_RESPONSE_TIMEOUT", "60s");
        try (PackagedService first = PackagedService.start(environment).awaitReady();
                PackagedService second = PackagedService.start(environment).awaitReady()) {
            String project = "/api/0/projects/" + organization + "/api/";
            Poll.until(() -> status(first, project), status -> status == 200);
            second.send("PUT", project, "{\"name\": \"by hand\"}");

            Poll.until(() -> body(first, project), body -> body.contains("\"name\":\"API\""));
            Poll.until(() -> heldBack(first, second), List.of("0.0", "NaN")::equals);

            String keys = project + "keys/";
            String id = body(first, keys).replaceAll(".*?\"id\":\"([0-9a-f]{32})\".*", "$1");
            first.send("PUT", keys + id + "/", "{\"isActive\": false}");
            Poll.until(() -> heldBack(first, second), List.of("1.0", "NaN")::equals);
            assertThat(body(first, keys)).contains("\"isActive\":false");

            Files.writeString(file, "countersign: v1\norganization: [");
            Poll.until(
                    () -> Stream.concat(first.output().stream(), second.output().stream())
                            .toList(),
                    output -> output.stream().anyMatch(line -> line.contains("This is not YAML")));
            assertThat(status(first, "/q/health/ready")).isEqualTo(200);
            assertThat(warnings(first, second, "was switched off")).hasSize(1);
            assertThat(warnings(first, second, "This is not YAML")).hasSize(1);
        }
    }

    private static List<String> warnings(PackagedService first, PackagedService second, String words) {
        return Stream.concat(first.output().stream(), second.output().stream())
                .filter(line -> line.contains(words))
                .toList();
    }

    /** The gauges of both replicas, in order. */
    private static List<String> heldBack(PackagedService first, PackagedService second) {
        return Stream.of(first, second)
                .map(service -> service.metric("countersign_apply_held_back"))
                .sorted()
                .toList();
    }

    private static int status(PackagedService service, String path) {
        return answer(service, path).statusCode();
    }

    private static String body(PackagedService service, String path) {
        return answer(service, path).body();
    }

    private static java.net.http.HttpResponse<String> answer(PackagedService service, String path) {
        try {
            return service.send("GET", path, "");
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static Map<String, String> environment() {
        Map<String, String> environment = new HashMap<>(PackagedService.environment(POSTGRES.server()));
        environment.put("COUNTERSIGN_INGEST_ENDPOINT", "https://sentry.io");
        return environment;
    }

    private Path write(String members) throws IOException {
        return Files.writeString(
                folder.resolve("acme.yaml"), "countersign: v1\norganization: " + organization + "\n" + members + "\n");
    }

    private static String lines(String... lines) {
        return String.join(System.lineSeparator(), lines) + System.lineSeparator();
    }
}
