package dev.countersign.packaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.countersign.testsupport.Api;
import dev.countersign.testsupport.PackagedService;
import dev.countersign.testsupport.http.PlainPath;
import dev.countersign.testsupport.postgres.PostgresServer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A service on a restored backup shows the same DSNs and gives new objects new ids: docs/operations.md. */
class BackupIT {

    /** Paths whose answers a backup has to bring back unchanged. */
    private static final List<String> PATHS = List.of(
            "organizations/",
            "organizations/acme/",
            "organizations/acme/teams/",
            "organizations/acme/projects/",
            "organizations/acme/project-keys/",
            "organizations/acme/api-keys/",
            "projects/acme/pump-station/",
            "projects/acme/pump-station/keys/");

    @TempDir
    private Path folder;

    @Test
    @Tag("tools")
    void restoredDumpAnswersTheSame() throws Exception {
        Optional<Path> installation = installation();
        assumeTrue(installation.isPresent(), "skipped: no PostgreSQL with pg_dump and initdb is installed here");
        Path programs = installation.get();
        try (PostgresServer postgres = PostgresServer.create(programs, folder.resolve("data"))) {
            postgres.start();
            State before = fill(postgres, "postgres");

            String url = "postgresql://postgres:postgres@localhost:" + postgres.port() + "/";
            String dump = folder.resolve("countersign.dump").toString();
            run(programs.resolve("pg_dump"), "--format=custom", "--file=" + dump, url + "postgres");
            run(programs.resolve("createdb"), "--maintenance-db=" + url + "postgres", "restored");
            run(programs.resolve("pg_restore"), "--exit-on-error", "--no-owner", "--dbname=" + url + "restored", dump);

            assertSame(before, postgres, "restored");
        }
    }

    @Test
    @SuppressWarnings("try") // stopped before its end
    void copiedDataDirectoryAnswersTheSame() throws Exception {
        PostgresServer copy;
        State before;
        try (PostgresServer postgres =
                PostgresServer.create(PostgresServer.embeddedBinaries(), folder.resolve("data"))) {
            postgres.start();
            before = fill(postgres, "postgres");
            postgres.close();
            PostgresServer.copyFolder(postgres.data(), folder.resolve("copy"));
            copy = postgres.on(folder.resolve("copy"));
        }
        try (copy) {
            copy.start();
            assertSame(before, copy, "postgres");
        }
    }

    private static State fill(PostgresServer postgres, String database) throws Exception {
        try (PackagedService service = start(postgres, database)) {
            created(service, "organizations/", """
                    {"name":"Acme","slug":"acme"}""");
            created(service, "organizations/acme/teams/", """
                    {"slug":"core"}""");
            created(service, "teams/acme/core/projects/", """
                    {"name":"Pump Station"}""");
            for (int i = 0; i < 5; i++) {
                created(service, "projects/acme/pump-station/keys/", """
                        {"name":"Schl\u00fcssel %s"}""".formatted(i));
            }
            String apiKey = PlainPath.of(created(service, "organizations/acme/api-keys/", """
                                    {"label":"ci","scope_list":["project:read"]}"""))
                    .getString("key");
            return new State(read(service), apiKey);
        }
    }

    private static void assertSame(State before, PostgresServer postgres, String database) throws Exception {
        try (PackagedService service = start(postgres, database)) {
            assertThat(read(service)).isEqualTo(before.answers());
            assertThat(service.send(before.apiKey(), "GET", "projects/acme/pump-station/keys/", "")
                            .statusCode())
                    .as("the API key's text, of which the backup holds the hash alone")
                    .isEqualTo(200);
            long last = projectId(service, "projects/acme/pump-station/");
            created(service, "teams/acme/core/projects/", """
                    {"name":"Later"}""");
            assertThat(projectId(service, "projects/acme/later/"))
                    .as("sequences go on")
                    .isGreaterThan(last);
            created(service, "projects/acme/pump-station/keys/", """
                    {"name":"Later"}""");
            String keys =
                    service.send("GET", "projects/acme/pump-station/keys/", "").body();
            assertThat(PlainPath.of(keys).getList("name")).hasSize(7).first().isEqualTo("Later");
        }
    }

    private static List<String> read(PackagedService service) throws Exception {
        List<String> answers = new ArrayList<>();
        for (String path : PATHS) {
            var answer = service.send("GET", path, "");
            assertThat(answer.statusCode()).as(path).isEqualTo(200);
            answers.add(answer.body());
        }
        return answers;
    }

    private static long projectId(PackagedService service, String path) throws Exception {
        return PlainPath.of(service.send("GET", path, "").body()).getLong("id");
    }

    private static String created(PackagedService service, String path, String json) throws Exception {
        var answer = service.send("POST", path, json);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
        return answer.body();
    }

    private static PackagedService start(PostgresServer postgres, String database) throws Exception {
        return PackagedService.start(Map.of(
                        "COUNTERSIGN_DB_URL", "postgresql://localhost:" + postgres.port() + "/" + database,
                        "COUNTERSIGN_DB_USERNAME", "postgres",
                        "COUNTERSIGN_DB_PASSWORD", "postgres",
                        "COUNTERSIGN_OPERATOR_TOKEN", Api.OPERATOR_TOKEN,
                        "COUNTERSIGN_INGEST_ENDPOINT", "https://sentry.io",
                        "COUNTERSIGN_MIGRATE", "at-start"))
                .awaitReady();
    }

    /** The folder of an installed PostgreSQL's programs. */
    private static Optional<Path> installation() throws IOException {
        List<Path> candidates = new ArrayList<>();
        for (String folder : System.getenv("PATH").split(java.io.File.pathSeparator)) {
            candidates.add(Path.of(folder));
        }
        Path debian = Path.of("/usr/lib/postgresql");
        if (Files.isDirectory(debian)) {
            try (Stream<Path> versions = Files.list(debian)) {
                versions.map(version -> version.resolve("bin")).forEach(candidates::add);
            }
        }
        return candidates.stream()
                .filter(bin -> Stream.of("pg_dump", "pg_restore", "createdb", "initdb", "postgres", "pg_ctl")
                        .allMatch(program -> Files.isExecutable(bin.resolve(program))))
                .findFirst();
    }

    private static void run(Path program, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(program.toString()));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.onExit().join().exitValue())
                .as(program.getFileName() + "\n" + output)
                .isZero();
    }

    /** Answers of a service, and the secret of an API key that the database holds as a hash. */
    private record State(List<String> answers, String apiKey) {}
}
