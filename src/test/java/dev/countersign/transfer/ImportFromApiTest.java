package dev.countersign.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.countersign.testsupport.CommandRun;
import dev.countersign.testsupport.postgres.OwnPostgres;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Imports from the API of another program, which a small server plays. */
class ImportFromApiTest {

    @RegisterExtension
    static final OwnPostgres POSTGRES = new OwnPostgres();

    @RegisterExtension
    static final TransferDatabase DATABASE = new TransferDatabase(POSTGRES);

    @TempDir
    Path folder;

    private final Map<String, Answer> answers = new ConcurrentHashMap<>();
    private final List<String> asked = new CopyOnWriteArrayList<>();
    private HttpServer server = start();

    /** What the server answers under a path. */
    private record Answer(int status, String body, String header, String value) {}

    @BeforeEach
    void fill() throws IOException {
        Files.writeString(folder.resolve("token"), "secret-token\n");
        json("/api/0/organizations/", """
                [{"id":"7","slug":"acme","name":"Acme","dateCreated":"2024-01-02T03:04:05Z"}]""");
        json("/api/0/organizations/acme/teams/", """
                [{"id":"8","slug":"core","dateCreated":"2024-01-02T03:04:05Z"}]""");
        // The link to the next page names another host, as behind many proxies.
        answers.put("/api/0/organizations/acme/projects/", new Answer(200, """
                [{"id":"9","slug":"web","name":"Web","platform":"javascript","teams":[{"id":"8","slug":"core"}]}]""", "Link", """
                <http://inside.invalid/api/0/organizations/acme/projects/?cursor=prev>; rel="previous"; results="false", \
                <http://inside.invalid/api/0/organizations/acme/projects/?cursor=2>; rel="next"; results="true"; cursor="2\""""));
        answers.put("/api/0/organizations/acme/projects/?cursor=2", new Answer(200, """
                [{"id":"10","slug":"app","name":"App","platform":null,"teams":[]}]""", "Link", """
                <http://inside.invalid/api/0/organizations/acme/projects/?cursor=3>; rel="next"; results="false\""""));
        json("/api/0/projects/acme/web/", """
                {"id":"9","allowedDomains":["*.acme.example"],"resolveAge":0,"securityToken":"t","access":[],
                 "options":{"filters:releases":"1.*","sentry:other":true}}""");
        json("/api/0/projects/acme/app/", """
                {"id":"10"}""");
        json("/api/0/projects/acme/web/keys/", """
                [{"id":"5a0ca1e0-4a5b-4c9c-9a4f-0b6a9d1e2f30","public":"5a0ca1e0-4a5b-4c9c-9a4f-0b6a9d1e2f30","name":"Web",
                  "secret":"00000000000000000000000000000001","isActive":false,"rateLimit":{"window":60,"count":5},
                  "dateCreated":"2024-01-02T03:04:05.678Z","browserSdkVersion":"8.x",
                  "dynamicSdkLoaderOptions":{"hasDebug":true}}]""");
        json("/api/0/projects/acme/app/keys/", """
                [{"id":"6b1db2f15b6c4dad8b5f1c7bae2f3041","public":"6b1db2f15b6c4dad8b5f1c7bae2f3041","name":"",
                  "rateLimit":null,"dateCreated":"2024-01-02T03:04:05Z"}]""");
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    private CommandRun importing(String program, String... options) {
        List<String> arguments = new ArrayList<>(List.of(
                "import",
                "--url",
                "http://localhost:" + server.getAddress().getPort(),
                "--from",
                program,
                "--token-file",
                folder.resolve("token").toString(),
                "--work-dir",
                folder.resolve("work").toString()));
        Collections.addAll(arguments, options);
        return DATABASE.run(arguments.toArray(new String[0]));
    }

    @Test
    void allPagesOfASentryAreImported() throws SQLException {
        CommandRun run = importing("sentry");

        assertThat(run.status()).as(run.err()).isZero();
        assertThat(run.out()).contains("organization acme: 1 teams, 2 projects, 0 redirects, 2 client keys");
        assertThat(DATABASE.rows(
                        "project_id, public_key, label, active, coalesce(rate_limit_count || '', '-'), browser_sdk_version,"
                                + " has_debug, has_replay",
                        "project_key order by project_id"))
                .containsExactly(
                        "9|5a0ca1e04a5b4c9c9a4f0b6a9d1e2f30|Web|f|5|8.x|t|f",
                        "10|6b1db2f15b6c4dad8b5f1c7bae2f3041|6b1db2f15b6c4dad8b5f1c7bae2f3041|t|-|10.x|f|t");
        assertThat(POSTGRES.single("select secret_key from project_key where project_id = 9"))
                .isEqualTo("00000000000000000000000000000001");
        assertThat(DATABASE.rows("id, settings::jsonb::text", "project order by id"))
                .containsExactly("""
                        9|{"options": {"filters:releases": "1.*"}, "resolveAge": 0, "securityToken": "t", "allowedDomains": \
                        ["*.acme.example"]}""", "10|{}");
        assertThat(DATABASE.rows("project_id, team_id", "project_team")).containsExactly("9|8");
        assertThat(POSTGRES.single("select actor from audit_log"))
                .isEqualTo("import:localhost:" + server.getAddress().getPort());
    }

    @Test
    void glitchTipIsAskedForNoSettingsAndItsSecretsAreNone() throws SQLException {
        assertThat(importing("glitchtip").status()).isZero();

        assertThat(asked).doesNotContain("/api/0/projects/acme/web/", "/api/0/projects/acme/app/");
        assertThat(POSTGRES.single("select secret_key from project_key where project_id = 9"))
                .isNotEqualTo("00000000000000000000000000000001");
    }

    /** A run that ended early, by whatever, asks for no page twice. */
    @Test
    void interruptedRunGoesOn() throws Exception {
        Answer keys = answers.put("/api/0/projects/acme/app/keys/", new Answer(403, "{}", "X", "y"));
        CommandRun refused = importing("sentry");
        List<String> before = List.copyOf(asked);
        answers.put("/api/0/projects/acme/app/keys/", keys);
        asked.clear();

        CommandRun run = importing("sentry");

        assertThat(refused.status()).isEqualTo(2);
        assertThat(refused.err().strip()).endsWith("/api/0/projects/acme/app/keys/ answers 403");
        assertThat(before).hasSize(8);
        assertThat(run.status()).as(run.err()).isZero();
        assertThat(asked).containsExactly("/api/0/projects/acme/app/keys/");
    }

    @Test
    void pagesAreReadableForTheirOwnerOnly() throws Exception {
        assertThat(importing("sentry").status()).isZero();

        Path work = folder.resolve("work");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(work)))
                .isEqualTo("rwx------");
        try (var files = Files.list(work)) {
            assertThat(files).hasSize(10).allSatisfy(file -> {
                assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                        .isEqualTo("rw-------");
                assertThat(Files.readString(file)).doesNotContain("secret-token");
            });
        }
    }

    @Test
    void tooManyRequestsAreWaitedFor() {
        Answer teams = answers.put("/api/0/organizations/acme/teams/", new Answer(429, "{}", "Retry-After", "1"));
        assertThat(teams).isNotNull();
        later = () -> answers.put("/api/0/organizations/acme/teams/", teams);

        assertThat(importing("sentry").status()).isZero();
        assertThat(asked).filteredOn("/api/0/organizations/acme/teams/"::equals).hasSize(2);
    }

    private Runnable later = () -> {};

    @Test
    void redirectIsNotFollowed() {
        answers.put(
                "/api/0/organizations/", new Answer(302, "", "Location", "http://localhost:1/api/0/organizations/"));

        CommandRun refused = importing("sentry");

        assertThat(refused.status()).isEqualTo(2);
        assertThat(refused.err().strip())
                .endsWith(
                        "/api/0/organizations/ answers 302: redirects are not followed, so name the address that they lead to");
        assertThat(asked).containsExactly("/api/0/organizations/");
    }

    @Test
    void folderOfAnotherAddressIsRefused() throws Exception {
        assertThat(importing("sentry").status()).isZero();
        HttpServer first = server;
        server = start(); // while the first has its port, which the second would get otherwise
        first.stop(0);

        CommandRun refused = importing("sentry", "--dry-run");

        assertThat(refused.status()).isEqualTo(2);
        assertThat(refused.err()).contains(" holds pages of http://localhost:");
    }

    @Test
    void oneOrganizationCanBeChosen() {
        CommandRun refused = importing("sentry", "--organization", "other");

        assertThat(refused.err().strip()).isEqualTo("The file has no organization other");
        assertThat(asked).containsExactly("/api/0/organizations/");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
                    import                                                                   | Name a FILE, or an API with --url
                    import a.json --url http://h                                             | Name a FILE, or an API with --url
                    import --url http://h                                                    | --url needs --token-file
                    import --url http://h --token-file a                                     | --url needs --work-dir
                    import --url http://h --token-file a --work-dir b                        | --url needs --from
                    import --from other a.json                | --from is sentry, glitchtip or countersign
                    import a.json --token-file b              | --token-file is for --url
                    import a.json --work-dir b                | --work-dir is for --url
                    import --url http://h --decrypt-with b    | --decrypt-with is for a FILE
                    """)
    void optionsMustFitTogether(String line, String fault) {
        CommandRun refused = DATABASE.run(line.strip().split(" +"));

        assertThat(refused.status()).isEqualTo(2);
        assertThat(refused.err().strip()).isEqualTo(fault);
    }

    private void json(String path, String body) {
        answers.put(path, new Answer(200, body, "X", "y"));
    }

    private HttpServer start() {
        try {
            HttpServer started = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            started.createContext("/", this::answer);
            started.start();
            return started;
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private void answer(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().toString();
        asked.add(path);
        boolean known =
                "Bearer secret-token".equals(exchange.getRequestHeaders().getFirst("Authorization"));
        Answer answer = known ? answers.get(path) : new Answer(401, "{}", "X", "y");
        if (answer == null) {
            answer = new Answer(404, "{}", "X", "y");
        }
        if (answer.status() == 429) {
            later.run();
        }
        exchange.getResponseHeaders().add(answer.header(), answer.value());
        byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(answer.status(), body.length == 0 ? -1 : body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }
}
