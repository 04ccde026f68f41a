package dev.countersign.gateways;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.countersign.testsupport.Poll;
import dev.countersign.testsupport.http.RawHttp;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** A test class whose requests go through one gateway, started once for all of them. */
@Tag("shared")
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
    RawHttp.Answer post(String key, String body, String header) {
        return send(event(key, body, header), answer -> !isUnavailable(answer));
    }

    /** Posts a body like {@link #post}, with a key that is good. */
    RawHttp.Answer postGood(String key, String body, String header) {
        return send(event(key, body, header), answer -> answer.status() == 200);
    }

    private Attack event(String key, String body, String header) {
        return new Attack(
                keys().fill("POST /api/{project}/envelope/"),
                List.of(keys().fill("X-Sentry-Auth: Sentry sentry_key=" + key), header),
                body);
    }

    /**
     * Sends a request through the gateway until the answer fits: on a busy machine, a look-up may take longer than the gate waits.
     */
    RawHttp.Answer send(Attack attack, Predicate<RawHttp.Answer> fits) {
        return Poll.until(
                () -> {
                    try {
                        return attack.send(gateway().port());
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                },
                fits);
    }

    static boolean isUnavailable(RawHttp.Answer answer) {
        return answer.header("X-Countersign-Reason").equals("unavailable");
    }

    static JsonNode json(String text) throws IOException {
        return MAPPER.readTree(text);
    }
}
