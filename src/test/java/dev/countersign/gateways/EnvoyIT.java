package dev.countersign.gateways;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.testsupport.Midnight;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Attacks through Envoy. */
class EnvoyIT extends GatewayRefusals {

    private static final String ENVELOPE = "Content-Type: application/x-sentry-envelope";

    EnvoyIT(GatedStore.Running running) {
        super(running, "envoy");
    }

    @Override
    Gateway start(Path folder, Gateway.Upstreams upstreams) throws IOException {
        return Gateway.envoy(folder, upstreams);
    }

    @Test
    void dsnOfAnEnvelopeIsAKey() throws Exception {
        assertEnds(envelope("{good}", "/api/{project}/envelope/"), "passes");
        assertEnds(envelope("{off}", "/api/{project}/envelope/"), "inactive");
        assertEnds(envelope("{off}", "/api/{project}/envelope/?sentry_key={good}"), "ambiguous");
    }

    @Test
    void sessionsDoNotCountAgainstTheLimit() throws Exception {
        Midnight.letPass();
        String limited = Keys.newKey(keys().project(), """
                {"rateLimit":{"window":86400,"count":1}}""").getString("public");
        String session = """
                {}
                {"type":"session"}
                {}
                """;
        String event = session.replace("session", "event");

        assertThat(post(limited, session, ENVELOPE).status()).isEqualTo(200);
        assertThat(post(limited, event, ENVELOPE).status()).isEqualTo(200);
        assertThat(post(limited, session, ENVELOPE).status()).isEqualTo(200);
        assertThat(post(limited, event, ENVELOPE).status()).isEqualTo(429);
    }

    @Test
    void envelopeThatIsShownInPartCountsAsAnError() throws Exception {
        Midnight.letPass();
        String limited = Keys.newKey(keys().project(), """
                {"rateLimit":{"window":86400,"count":1}}""").getString("public");
        String large = """
                {}
                {"type":"session"}
                {"a":"%s"}
                """.formatted("a".repeat(70_000));

        assertThat(post(limited, large, ENVELOPE).status()).isEqualTo(200);
        assertThat(post(limited, large, ENVELOPE).status()).isEqualTo(429);
    }

    private Attack envelope(String key, String target) {
        String dsn = "{\"dsn\":\"http://" + key + "@localhost/{project}\"}\n{\"type\":\"event\"}\n{}\n";
        return new Attack(keys().fill("POST " + target), List.of(ENVELOPE), keys().fill(dsn));
    }
}
