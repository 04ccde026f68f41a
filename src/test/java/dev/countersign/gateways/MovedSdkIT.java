package dev.countersign.gateways;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.testsupport.CommandRun;
import dev.countersign.testsupport.PackagedService;
import dev.countersign.testsupport.Poll;
import dev.countersign.testsupport.http.FreePort;
import dev.countersign.testsupport.http.PlainPath;
import dev.countersign.testsupport.postgres.OwnPostgres;
import io.restassured.path.json.JsonPath;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/**
 * An app whose DSN is compiled in goes on after a move: all that one installation has is exported, and imported into an empty one
 * whose gate stands behind the same ingest host.
 */
@Tag("tools")
class MovedSdkIT {

    @RegisterExtension
    static final OwnPostgres POSTGRES = new OwnPostgres();

    private static final String KEYS = "projects/acme/pump/keys/";

    @TempDir
    Path folder;

    @BeforeEach
    void createDatabases() throws Exception {
        POSTGRES.execute("create database old_home");
        POSTGRES.execute("create database new_home");
    }

    @Test
    void eventsToAnOldDsnArriveOnceItsInstallationHasMoved() throws Exception {
        int gatePort = FreePort.find();
        try (EchoStore store = EchoStore.start();
                Gateway nginx = Gateway.nginx(
                        Gateway.DEPLOYED.resolve("nginx").resolve("nginx.conf"),
                        folder,
                        new Gateway.Upstreams(gatePort, store.port()));
                PackagedService old =
                        PackagedService.start(environment("old_home", nginx)).awaitReady();
                PackagedService next = PackagedService.start(gated(environment("new_home", nginx), gatePort))
                        .awaitReady()) {
            old.newProject("umbra");
            old.newProject("acme");
            JsonPath on = newKey(old, "On");
            JsonPath off = newKey(old, "Off");
            old.send("PUT", KEYS + off.getString("id") + "/", """
                    {"isActive":false}""");
            String publicKey = on.getString("public");
            String dsn = on.getString("dsn.public");
            assertThat(dsn).startsWith("http://" + publicKey + "@127.0.0.1:" + nginx.port() + "/");

            try (ChildProcess app = App.NODE.start(dsn);
                    ChildProcess silent = App.NODE.start(off.getString("dsn.public"))) {
                awaitEvents(app);
                awaitEvents(silent);
                assertThat(store.requestsWith("")).as("before the move").isEmpty();

                move(nginx);

                assertThat(Poll.until(() -> store.requestsWith(publicKey), found -> !found.isEmpty()))
                        .isNotEmpty();
                awaitEvents(silent);
                assertThat(store.requestsWith(off.getString("public")))
                        .as("a key that was off stays off")
                        .isEmpty();
            }
            assertThat(next.send("GET", "projects/?query=dsn:" + publicKey, "").body())
                    .contains("\"slug\":\"pump\"");
            assertThat(next.send("GET", KEYS, "").body())
                    .isEqualTo(old.send("GET", KEYS, "").body())
                    .contains(dsn);
        }
    }

    private void move(Gateway nginx) throws IOException, InterruptedException {
        CommandRun export = CommandRun.packaged(environment("old_home", nginx), "export", "--with-secrets");
        assertThat(export.status()).as(export.err()).isZero();
        Path file = Files.writeString(folder.resolve("export.json"), export.out());
        CommandRun imported = CommandRun.packaged(environment("new_home", nginx), "import", file.toString());
        assertThat(imported.status()).as(imported.err()).isZero();
    }

    private static JsonPath newKey(PackagedService service, String name) throws IOException, InterruptedException {
        return PlainPath.of(service.send("POST", KEYS, """
                {"name":"%s"}""".formatted(name)).body());
    }

    private static void awaitEvents(ChildProcess app) {
        int before = app.lines().size();
        assertThat(Poll.until(() -> app.lines().size(), now -> now > before + 10))
                .isGreaterThan(before + 10);
    }

    private static Map<String, String> environment(String database, Gateway nginx) {
        Map<String, String> environment =
                new HashMap<>(PackagedService.environment(POSTGRES.server().getPort(), database));
        environment.put("COUNTERSIGN_INGEST_ENDPOINT", "http://127.0.0.1:" + nginx.port());
        environment.put("COUNTERSIGN_MIGRATE", "at-start");
        return environment;
    }

    private static Map<String, String> gated(Map<String, String> environment, int gatePort) {
        environment.put("COUNTERSIGN_GATE_PORT", String.valueOf(gatePort));
        environment.put("COUNTERSIGN_GATE_TRUSTED_ADDRESSES", "127.0.0.1");
        return environment;
    }
}
