package dev.countersign.packaging;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.testsupport.OwnService;
import dev.countersign.testsupport.PackagedService;
import dev.countersign.testsupport.Poll;
import dev.countersign.testsupport.http.GateClient;
import dev.countersign.testsupport.http.PlainPath;
import io.restassured.path.json.JsonPath;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** The commands of the pages about rotation and usage, pasted into a shell one block after the other. */
class KeyPagesIT {

    private static final Pattern BLOCK = Pattern.compile("(?m)(?:^    +\\S.*\\n)+");
    private static final String GATE_TOKEN = "token-of-the-gateways-in-the-tests";
    private static final String KEYS = "projects/acme/pump-station/keys/";
    private static final long PATIENCE_SECONDS = 60;

    @RegisterExtension
    static final OwnService SERVICE =
            OwnService.patient(Map.of("COUNTERSIGN_GATE_PORT", "0", "COUNTERSIGN_GATE_TOKEN", GATE_TOKEN));

    @TempDir
    Path folder;

    private long projectId;
    private String token;

    /** The client key of which the pages speak. */
    private String key;

    @BeforeEach
    void createKeys() throws Exception {
        SERVICE.postgres().execute("truncate organization cascade");
        post("organizations/", """
                {"name":"Acme"}""");
        post("organizations/acme/teams/", """
                {"slug":"core"}""");
        projectId = post("teams/acme/core/projects/", """
                        {"name":"Pump station"}""").getLong("id");
        key = post(KEYS, """
                {"name":"app"}""").getString("id");
        token = post("organizations/acme/api-keys/", """
                        {"label":"pages","scope_list":["org:read","project:read","project:write"]}""").getString("key");
    }

    @Test
    void pageAboutRotationCanBePasted() throws Exception {
        List<String> blocks = blocks("rotation.md");
        assertThat(blocks).hasSize(4);

        JsonPath successor = PlainPath.of(shell(blocks.get(0)));
        assertThat(successor.getString("name")).isEqualTo("app");
        assertThat(successor.getString("id")).isNotEqualTo(key);
        assertThat(PlainPath.of(shell(blocks.get(0))).getString("id"))
                .as("sent again")
                .isEqualTo(successor.getString("id"));
        JsonPath moved = PlainPath.of(shell(blocks.get(1)));
        assertThat(moved.getString("dateExpires")).startsWith("2030-01-31T00:00:00");
        assertThat(moved.getString("replacedBy")).isEqualTo(successor.getString("id"));
        assertThat(shell(blocks.get(2) + "\nprintf %s \"$key\"")).isEqualTo(successor.getString("id"));
        assertThat(blocks.get(3)).startsWith("terraform state rm");
    }

    @Test
    void pageAboutUsageCanBePasted() throws Exception {
        List<String> blocks = blocks("usage.md");
        assertThat(blocks).hasSize(4);
        assertThat(send()).isEqualTo(200);
        assertThat(Poll.until(() -> lastSeen(blocks.get(3)), seen -> seen != null))
                .endsWith("Z");
        assertThat(PlainPath.of(shell(blocks.get(1))).getString("detail")).startsWith("Usage is counted since ");
        String[] noisy = shell(blocks.get(2)).split("(?<=])(?=\\[)");
        assertThat(PlainPath.of(noisy[0]).getList("id")).contains(key);
        assertThat(PlainPath.of(noisy[1]).getLong("accepted.sum()")).isEqualTo(1);

        service().send("DELETE", KEYS + key + "/", "");
        Poll.until(this::send, status -> status == 403);

        Poll.until(() -> rejected(blocks.get(0)).getList("id"), List.of(key)::equals);
        JsonPath rejected = rejected(blocks.get(0));
        assertThat(rejected.getString("[0].name")).isEqualTo("app");
        assertThat(rejected.getString("[0].reason")).isEqualTo("removed");
        assertThat(rejected.getLong("[0].projectId")).isEqualTo(projectId);
        assertThat(rejected.getLong("[0].count")).isPositive();
    }

    private JsonPath rejected(String block) {
        return PlainPath.of(shell(block));
    }

    private String lastSeen(String block) {
        return PlainPath.of(shell(block)).getString("lastSeen");
    }

    /** Asks the gate about an event with the key. */
    private int send() {
        return new GateClient(service().gatePort(), GATE_TOKEN)
                .nginx("/api/" + projectId + "/store/?sentry_key=" + key)
                .status();
    }

    private static PackagedService service() {
        return SERVICE.get();
    }

    private static JsonPath post(String path, String json) throws IOException, InterruptedException {
        HttpResponse<String> answer = service().send("POST", path, json);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
        return PlainPath.of(answer.body());
    }

    private static List<String> blocks(String page) throws IOException {
        return BLOCK.matcher(Files.readString(Path.of("docs", page)))
                .results()
                .map(MatchResult::group)
                .map(String::strip)
                .filter(block -> block.matches("(?s)(?:curl|key=|terraform).*"))
                .toList();
    }

    /** Runs a block with the variables that the page names, and returns what the block prints. */
    private String shell(String block) {
        try {
            ProcessBuilder bash = new ProcessBuilder("bash", "-eu", "-o", "pipefail", "-c", block)
                    .redirectError(folder.resolve("errors").toFile());
            bash.environment().put("api", "http://localhost:" + service().port() + "/api");
            bash.environment().put("token", token);
            bash.environment().put("key", key);
            Process process = bash.start();
            String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
            assertThat(process.exitValue())
                    .as(block + printed + Files.readString(folder.resolve("errors")))
                    .isZero();
            return printed;
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
