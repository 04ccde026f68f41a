package dev.countersign.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.testsupport.CommandRun;
import dev.countersign.testsupport.PackagedService;
import dev.countersign.testsupport.Poll;
import dev.countersign.testsupport.issuer.RsaKey;
import dev.countersign.testsupport.postgres.OwnPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Imports and exports by the packaged program, jar or executable, beside services that run. */
class TransferIT {

    private static final int KEYS = 100_000;
    private static final int FEW_KEYS = 1_000;

    @RegisterExtension
    static final OwnPostgres POSTGRES = new OwnPostgres();

    @TempDir
    Path folder;

    @BeforeAll
    static void migrate() throws Exception {
        MigratedCopies.migrate(POSTGRES);
    }

    @BeforeEach
    void createDatabases() throws Exception {
        MigratedCopies.create(POSTGRES, "old_home", "new_home");
    }

    private static Map<String, String> environment(String database) {
        Map<String, String> environment =
                new HashMap<>(PackagedService.environment(POSTGRES.server().getPort(), database));
        environment.put("COUNTERSIGN_INGEST_ENDPOINT", "https://ingest.example.com");
        return environment;
    }

    /** Both services have one ingest host, as after a move. */
    @Test
    void dsnsOfAnInstanceAreFoundInTheOneThatItsExportIsImportedInto() throws Exception {
        try (PackagedService old =
                        PackagedService.start(environment("old_home")).awaitReady();
                PackagedService next =
                        PackagedService.start(environment("new_home")).awaitReady()) {
            String keys = old.newProject("acme");
            old.send("POST", keys, """
                    {"name":"Mobile app","rateLimit":{"window":60,"count":5}}""");
            old.send("PUT", "projects/acme/pump/", """
                    {"allowedDomains":["*.acme.example"],"slug":"station"}""");
            assertThat(next.send("GET", "projects/acme/station/keys/", "").statusCode())
                    .isEqualTo(404);

            move();

            String before = old.send("GET", "projects/acme/station/keys/", "").body();
            assertThat(next.send("GET", "projects/acme/station/keys/", "").body())
                    .isEqualTo(before)
                    .contains("Mobile app", "@ingest.example.com/");
            assertThat(next.send("GET", "projects/acme/station/", "").body())
                    .isEqualTo(old.send("GET", "projects/acme/station/", "").body());
            assertThat(next.send("GET", "projects/acme/pump/keys/", "").statusCode())
                    .as("the slug from before the rename")
                    .isEqualTo(302);
            String publicKey = before.replaceAll("(?s).*?\"public\":\"([0-9a-f]{32})\".*", "$1");
            assertThat(next.send("GET", "projects/?query=dsn:" + publicKey, "").body())
                    .contains("\"slug\":\"station\"");
        }
    }

    private void move() throws IOException, InterruptedException {
        CommandRun export = CommandRun.packaged(environment("old_home"), "export", "--with-secrets");
        assertThat(export.status()).as(export.err()).isZero();
        Path file = Files.writeString(folder.resolve("export.json"), export.out());
        CommandRun imported = CommandRun.packaged(environment("new_home"), "import", file.toString());
        assertThat(imported.status()).as(imported.err()).isZero();
        assertThat(imported.out()).contains("organization acme: 1 teams, 1 projects, 1 redirects, 2 client keys");
    }

    @Test
    void encryptedExportOfSentryIsImported() throws Exception {
        KeyPair pair = RsaKey.FIRST.pair();
        Path archive = Files.write(
                folder.resolve("export.tar"),
                EncryptedArchive.tar(List.of(
                        EncryptedArchive.data(EncryptedArchive.token()), EncryptedArchive.key(pair.getPublic()))));
        Path key = Files.writeString(
                folder.resolve("key.pem"),
                EncryptedArchive.pem("", pair.getPrivate().getEncoded()));

        CommandRun imported = CommandRun.packaged(
                environment("new_home"), "import", archive.toString(), "--decrypt-with", key.toString());

        assertThat(imported.status()).as(imported.err()).isZero();
        assertThat(CommandRun.packaged(environment("new_home"), "export").out()).contains("\"sentry.projectkey\"");
    }

    /** The file is much longer than the heap. */
    @Test
    void memoryDoesNotGrowWithTheFile() throws Exception {
        Map<String, String> environment = environment("new_home");
        environment.put("JAVA_TOOL_OPTIONS", "-Xmx48m");

        CommandRun imported = CommandRun.packaged(
                environment,
                "import",
                ManyKeys.write(folder.resolve("many.json"), KEYS).toString());

        assertThat(imported.status()).as(imported.err()).isZero();
        assertThat(imported.out()).contains(KEYS + " client keys");
        Path export = folder.resolve("export.json");
        Process process = CommandRun.start(environment, export, folder.resolve("err"), "export");
        assertThat(process.waitFor()).isZero();
        assertThat(Files.size(export)).isGreaterThan(KEYS * 400L);
    }

    @ParameterizedTest
    @CsvSource({"true, 137", "false, 143"})
    void killedImportLeavesNothingAndCanBeRepeated(boolean forcibly, int status) throws Exception {
        Path file = ManyKeys.write(folder.resolve("many.json"), FEW_KEYS);
        try (Connection lock = POSTGRES.connect("new_home")) {
            lock.setAutoCommit(false);
            lock.createStatement().execute("lock table project_key in share mode");
            Process process = CommandRun.start(
                    environment("new_home"), folder.resolve("out"), folder.resolve("err"), "import", file.toString());
            try {
                assertThat(Poll.until(TransferIT::waitingInserts, count -> count == 1))
                        .isEqualTo(1);
            } finally {
                assertThat(end(process, forcibly)).isEqualTo(status);
            }
        }
        assertThat(CommandRun.packaged(environment("new_home"), "export").out().replaceAll("\\s", ""))
                .isEqualTo("[]");

        CommandRun repeated = CommandRun.packaged(environment("new_home"), "import", file.toString());

        assertThat(repeated.status()).as(repeated.err()).isZero();
    }

    /** Ends a command by SIGKILL or SIGTERM, and answers its exit status. */
    private static int end(Process process, boolean forcibly) throws InterruptedException {
        if (forcibly) {
            process.destroyForcibly();
        } else {
            process.destroy();
        }
        return process.waitFor();
    }

    private static int waitingInserts() {
        try (Connection connection = POSTGRES.connect("new_home");
                ResultSet rows = connection.createStatement().executeQuery("""
                        select count(*) from pg_stat_activity
                        where wait_event_type = 'Lock' and query like 'insert into project_key%'""")) {
            rows.next();
            return rows.getInt(1);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
