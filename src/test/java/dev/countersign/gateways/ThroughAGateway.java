package dev.countersign.gateways;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.countersign.testsupport.http.RawHttp;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** A test class whose requests go through one gateway, started once for all of them. */
@ExtendWith(GatedStore.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class ThroughAGateway {

    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final GatedStore.Running running;
    private @Nullable Keys keys;
    private @Nullable Gateway gateway;

    ThroughAGateway(GatedStore.Running running) {
        this.running = running;
    }

    /**
     * Starts the gateway.
     *
     * @param folder an empty folder for its files
     */
    abstract Gateway start(Path folder, Gateway.Upstreams upstreams) throws IOException;

    @BeforeAll
    void start(@TempDir Path folder) throws Exception {
        gateway = start(folder, running.upstreams());
        keys = Keys.create(running);
    }

    @AfterAll
    void stop() {
        if (gateway != null) {
            gateway.close();
        }
    }

    EchoStore store() {
        return running.store();
    }

    Keys keys() {
        return Objects.requireNonNull(keys);
    }

    Gateway gateway() {
        return Objects.requireNonNull(gateway);
    }

    /** Posts a body to the project with a key in the usual header, and one more header. */
    RawHttp.Answer post(String key, String body, String header) throws IOException {
        return new Attack(
                        keys().fill("POST /api/{project}/envelope/"),
                        List.of(keys().fill("X-Sentry-Auth: Sentry sentry_key=" + key), header),
                        body)
                .send(gateway().port());
    }

    static JsonNode json(String text) throws IOException {
        return MAPPER.readTree(text);
    }
}
