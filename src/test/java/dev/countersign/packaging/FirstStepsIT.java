package dev.countersign.packaging;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.testsupport.PackagedService;
import dev.countersign.testsupport.http.PlainPath;
import dev.countersign.testsupport.postgres.OwnPostgres;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** README's "First steps as operator", pasted into a shell: from an empty PostgreSQL to a DSN. */
class FirstStepsIT {

    private static final Pattern BLOCK = Pattern.compile("(?m)(?:^    .*\\n)+");
    private static final Pattern SETTING = Pattern.compile("COUNTERSIGN_\\w+=.*");
    private static final long PATIENCE_SECONDS = 60;

    @RegisterExtension
    static final OwnPostgres POSTGRES = new OwnPostgres();

    @TempDir
    Path folder;

    @Test
    void pastedStepsEndWithADsn() throws Exception {
        List<String> blocks = blocks("First steps as operator");
        assertThat(blocks).hasSize(3);

        runSql(shell("psql() { cat; }", blocks.get(0)));
        String settings = shell("java() { env; }", blocks.get(1));
        try (PackagedService service =
                PackagedService.start(environment(settings)).awaitReady()) {
            String steps = blocks.get(2).replace("localhost:8080", "localhost:" + service.port());
            String printed = shell("", steps);

            assertThat(printed.strip()).matches("SENTRY_DSN=http://[0-9a-f]{32}@localhost:9000/[0-9]+");
            assertThat(Files.readAllLines(folder.resolve(".env")))
                    .hasSize(7)
                    .first()
                    .isEqualTo(printed.strip());
            assertThat(shell("", steps)).as("pasted twice").isEqualTo(printed);
            String apiKey = Files.readString(folder.resolve("api-key")).strip();
            assertThat(listed("name", service.send(apiKey, "GET", "projects/acme/pump-station/keys/", "")))
                    .containsExactly("production", "Default");
            String operator = Files.readString(folder.resolve("operator-token")).strip();
            assertThat(listed("label", service.send(operator, "GET", "organizations/acme/api-keys/", "")))
                    .containsExactly("deploy");
        }
    }

    private static List<String> listed(String member, HttpResponse<String> list) {
        return PlainPath.of(list.body()).getList(member);
    }

    /** The indented blocks below a heading of README. */
    private static List<String> blocks(String heading) throws IOException {
        String section = Files.readString(Path.of("README.md"))
                .split("(?m)^## " + heading + "\\n")[1]
                .split("(?m)^## ")[0];
        return BLOCK.matcher(section)
                .results()
                .map(MatchResult::group)
                .map(block -> block.replaceAll("(?m)^    ", ""))
                .toList();
    }

    /** Sends the statements over JDBC, because not every machine has psql. */
    private static void runSql(String statements) throws Exception {
        for (String sql : statements.split(";\\s*")) {
            POSTGRES.execute(sql);
        }
    }

    /** The settings that the shell exports, for the PostgreSQL of this test, and with the token's file as a whole path. */
    private Map<String, String> environment(String exported) {
        Map<String, String> environment = new HashMap<>();
        SETTING.matcher(exported).results().map(MatchResult::group).forEach(setting -> {
            String[] parts = setting.split("=", 2);
            environment.put(parts[0], parts[1]);
        });
        assertThat(environment).containsKeys("COUNTERSIGN_DB_URL", "COUNTERSIGN_OPERATOR_TOKEN_FILE");
        environment.computeIfPresent(
                "COUNTERSIGN_DB_URL",
                (name, url) -> url.replace(":5432", ":" + POSTGRES.server().getPort()));
        environment.computeIfPresent("COUNTERSIGN_OPERATOR_TOKEN_FILE", (name, file) -> folder.resolve(file)
                .toString());
        return environment;
    }

    /** Runs a block in the folder of this test, and returns what the block prints. */
    private String shell(String functions, String block) throws Exception {
        ProcessBuilder bash = new ProcessBuilder("bash", "-eu", "-o", "pipefail", "-c", functions + "\n" + block)
                .directory(folder.toFile())
                .redirectError(folder.resolve("errors").toFile());
        bash.environment().keySet().removeIf(name -> name.startsWith("COUNTERSIGN_"));
        Process process = bash.start();
        String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue())
                .as(printed + Files.readString(folder.resolve("errors")))
                .isZero();
        return printed;
    }
}
