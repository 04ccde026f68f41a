package dev.countersign.gateways;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.testsupport.Api;
import dev.countersign.testsupport.Midnight;
import dev.countersign.testsupport.Poll;
import dev.countersign.testsupport.Tenant;
import io.restassured.path.json.JsonPath;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Apps send events through nginx by Sentry's own SDKs, while their key changes on a replica that has no gate. */
@Tag("tools")
@Tag("shared")
@ExtendWith(GatedStore.class)
class SdkIT {

    private static final int MORE_EVENTS = 20;
    private static final int LIMIT = 3;

    private final GatedStore.Running running;
    private Tenant tenant;

    @TempDir
    private Path folder;

    SdkIT(GatedStore.Running running) {
        this.running = running;
    }

    @BeforeEach
    void createTenant() {
        tenant = running.newTenant();
    }

    @ParameterizedTest
    @EnumSource
    void appIsCutOffSoonAndResumes(App app) throws Exception {
        JsonPath key = Keys.newKey(tenant, "{}");
        try (Gateway nginx = nginx();
                ChildProcess sending = app.start(dsn(key, nginx))) {
            awaitMoreThan(0, key);

            switchKey(key, false);
            Poll.until(this::asked, log -> log.contains("\" 403 "));
            assertThat(Poll.until(() -> arrivedMeanwhile(key, sending), more -> more == 0))
                    .as("events that arrive, once those are over that passed before the key was switched off")
                    .isZero();
            assertThat(asked()).as("the app goes on sending").contains("\" 403 ");

            switchKey(key, true);
            awaitMoreThan(arrived(key), key);
        }
    }

    @ParameterizedTest
    @EnumSource
    void appObeysTheLimitOfItsKey(App app) throws Exception {
        Midnight.letPass();
        JsonPath key = Keys.newKey(tenant, """
                {"rateLimit":{"window":86400,"count":%d}}""".formatted(LIMIT));
        try (Gateway nginx = nginx();
                ChildProcess sending = app.start(dsn(key, nginx))) {
            Poll.until(this::asked, log -> log.contains("\" 429 "));
            assertThat(Poll.until(() -> askedMeanwhile(sending), String::isEmpty))
                    .as("requests, once those are over that were sent before the answer 429")
                    .isEmpty();
            assertThat(asked()).contains("\" 429 ");
            assertThat(Poll.until(() -> arrived(key), now -> now >= LIMIT)).isEqualTo(LIMIT);
        }
    }

    private Gateway nginx() throws IOException {
        return Gateway.nginx(Gateway.DEPLOYED.resolve("nginx").resolve("nginx.conf"), folder, running.upstreams());
    }

    private String dsn(JsonPath key, Gateway nginx) {
        return "http://" + key.getString("public") + "@127.0.0.1:" + nginx.port() + "/" + tenant.projectId();
    }

    private void switchKey(JsonPath key, boolean on) {
        Api.operator()
                .put(tenant.key(key.getString("id")), "{\"isActive\":" + on + "}")
                .then()
                .statusCode(200);
    }

    private int arrived(JsonPath key) {
        return running.store().requestsWith(key.getString("public")).size();
    }

    private void awaitMoreThan(int before, JsonPath key) {
        assertThat(Poll.until(() -> arrived(key), now -> now > before)).isGreaterThan(before);
    }

    /** How many events arrive while the app reports some. */
    private int arrivedMeanwhile(JsonPath key, ChildProcess sending) {
        int before = arrived(key);
        awaitMoreEvents(sending);
        return arrived(key) - before;
    }

    /** What nginx answers while the app reports some events. */
    private String askedMeanwhile(ChildProcess sending) {
        int before = asked().length();
        awaitMoreEvents(sending);
        return asked().substring(before);
    }

    private static void awaitMoreEvents(ChildProcess sending) {
        int captured = sending.lines().size();
        assertThat(Poll.until(() -> sending.lines().size(), now -> now > captured + MORE_EVENTS))
                .isGreaterThan(captured + MORE_EVENTS);
    }

    /** What nginx answered, a line a request. */
    private String asked() {
        try {
            return Files.readString(folder.resolve("access.log"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
