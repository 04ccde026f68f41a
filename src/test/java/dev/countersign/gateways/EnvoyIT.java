package dev.countersign.gateways;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.testsupport.Midnight;
import dev.countersign.testsupport.Poll;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Attacks through Envoy. */
@Tag("tools")
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
        assertThat(Poll.until(
                        () -> reason(envelope("{off}", "/api/{project}/envelope/?sentry_key={good}")),
                        "ambiguous"::equals))
                .as("once the body comes in time, which it may not on a busy machine")
                .isEqualTo("ambiguous");
    }

    @Test
    void sessionsDoNotCountAgainstTheLimit() throws Exception {
        Midnight.letPass();
        String session = """
                {}
                {"type":"session"}
                {}
                """;
        String event = session.replace("session", "event");

        assertStatuses(List.of(session, event, session, event), List.of(200, 200, 200, 429));
    }

    @Test
    void envelopeThatIsShownInPartCountsAsAnError() throws Exception {
        Midnight.letPass();
        String large = """
                {}
                {"type":"session"}
                {"a":"%s"}
                """.formatted("a".repeat(70_000));

        assertStatuses(List.of(large, large), List.of(200, 429));
    }

    /** The answers to envelopes with a new key whose limit is one event; a body that comes late counts as an event. */
    private void assertStatuses(List<String> envelopes, List<Integer> expected) {
        assertThat(Poll.until(() -> statuses(envelopes), expected::equals)).isEqualTo(expected);
    }

    private List<Integer> statuses(List<String> envelopes) {
        String limited = Keys.newKey(keys().project(), """
                {"rateLimit":{"window":86400,"count":1}}""").getString("public");
        return envelopes.stream()
                .map(envelope -> post(limited, envelope, ENVELOPE).status())
                .toList();
    }

    private String reason(Attack attack) {
        return send(attack, answer -> !isUnavailable(answer)).header("X-Countersign-Reason");
    }

    private Attack envelope(String key, String target) {
        String dsn = "{\"dsn\":\"http://" + key + "@localhost/{project}\"}\n{\"type\":\"event\"}\n{}\n";
        return new Attack(keys().fill("POST " + target), List.of(ENVELOPE), keys().fill(dsn));
    }
}
