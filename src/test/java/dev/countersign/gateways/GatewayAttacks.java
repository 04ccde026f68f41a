package dev.countersign.gateways;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.countersign.testsupport.http.FreePort;
import dev.countersign.testsupport.http.RawHttp;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;

/**
 * Requests that try to talk past a gate, each sent through a running gateway to a real gate and a store.
 */
abstract class GatewayAttacks extends ThroughAGateway {

    private static final Map<String, Integer> STATUS = Map.of("no_key", 401, "rate_limited", 429, "unavailable", 503);

    private static final String BODY = "Body: ";

    private final String name;

    /**
     * The attacks on one gateway.
     *
     * @param name how the column of other answers calls it
     */
    GatewayAttacks(GatedStore.Running running, String name) {
        super(running);
        this.name = name;
    }

    /** The last column names gateways that answer something else: a reason, {@code passes}, or a status of their own. */
    @ParameterizedTest(name = "{0}: {1}, {2}")
    @CsvFileSource(resources = "/gateway-attacks.csv", delimiter = '|')
    void attackEndsAsTheTableSays(
            String what, String line, @Nullable String headers, String expected, @Nullable String others)
            throws Exception {
        List<String> filled =
                headers == null ? List.of() : List.of(keys().fill(headers).split(" && "));
        boolean hasBody = !filled.isEmpty() && filled.get(filled.size() - 1).startsWith(BODY);
        Attack attack = hasBody
                ? new Attack(
                        keys().fill(line),
                        filled.subList(0, filled.size() - 1),
                        filled.get(filled.size() - 1).substring(BODY.length()))
                : new Attack(keys().fill(line), filled.toArray(String[]::new));

        assertEnds(attack, expected(expected, others));
    }

    private String expected(String expected, @Nullable String others) {
        return others == null
                ? expected
                : List.of(others.split(" ")).stream()
                        .filter(other -> other.startsWith(name + "="))
                        .map(other -> other.substring(other.indexOf('=') + 1))
                        .findFirst()
                        .orElse(expected);
    }

    /** Sends an attack, which passes, or is refused for a reason or with a status. */
    void assertEnds(Attack attack, String expected) throws IOException {
        boolean passes = expected.equals("passes");
        RawHttp.Answer answer = send(attack, found -> passes ? found.status() == 200 : isTold(found, expected));

        if (passes) {
            assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
            assertArrivedUnchanged(attack, store().arrived(attack));
            return;
        }
        assertThat(store().requestsWith(attack.mark())).as(answer.toString()).isEmpty();
        assertThat(answer.header("X-Store")).as(answer.toString()).isEmpty();
        if (expected.matches("\\d+")) {
            assertThat(answer.status()).as(answer.toString()).isEqualTo(Integer.parseInt(expected));
        } else {
            assertThat(answer.status()).as(answer.toString()).isEqualTo(status(expected));
            assertTold(answer, expected);
        }
    }

    /** Whether an answer has the expected reason or status, or no reason. A busy gate may have had no time for the key, or for the body. */
    private static boolean isTold(RawHttp.Answer answer, String expected) {
        String reason = answer.header("X-Countersign-Reason");
        return reason.isEmpty() || reason.equals(expected) || expected.equals(String.valueOf(answer.status()));
    }

    /** The status by which this gateway refuses for a reason. */
    int status(String reason) {
        return STATUS.getOrDefault(reason, 403);
    }

    /** The client is told the reason, and a page may read the answer. */
    void assertTold(RawHttp.Answer answer, String reason) {
        assertThat(answer.header("X-Countersign-Reason")).as(answer.toString()).isEqualTo(reason);
        assertThat(answer.header("Access-Control-Allow-Origin")).isEqualTo("*");
    }

    /** The store reads the path that the gate read, and the key and project that the gate found. */
    private void assertArrivedUnchanged(Attack attack, String arrived) throws IOException {
        JsonNode request = json(arrived);
        JsonNode headers = request.path("headers");

        assertThat(request.path("request").asText()).isEqualTo(attack.target());
        assertThat(headers.path("X-countersign-key").asText()).isEqualTo(keys().good());
        assertThat(headers.path("X-countersign-project").asText())
                .isEqualTo(String.valueOf(keys().project().projectId()));
        assertThat(headers.path("X-countersign-organization").asText())
                .isEqualTo(keys().project().organization());
        assertThat(keys().shows(arrived)).as(arrived).isFalse();
    }

    @Test
    void preflightReachesTheStoreWithoutAKey() throws Exception {
        Attack preflight = new Attack(
                keys().fill("OPTIONS /api/{project}/envelope/"),
                "Origin: https://shop.example",
                "Access-Control-Request-Method: POST",
                keys().fill("X-Countersign-Key: {good}"),
                "X-Countersign-Project: 1");

        assertThat(preflight.send(gateway().port()).status()).isEqualTo(200);

        JsonNode headers = json(store().arrived(preflight)).path("headers");
        assertThat(headers.path("X-countersign-key").asText()).isEqualTo("-");
        assertThat(headers.path("X-countersign-project").asText()).isEqualTo("-");
        assertThat(headers.path("X-countersign-organization").asText()).isEqualTo("-");
    }

    @Test
    void largeBodyArrivesWhole() throws Exception {
        String body = "x".repeat(1 << 20);

        RawHttp.Answer answer = postGood("{good}", body, "Content-Type: application/x-sentry-envelope");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(json(answer.body()).path("bytes").asInt()).isEqualTo(body.length());
    }

    @Test
    void bodyInChunksArrivesWhole() throws Exception {
        RawHttp.Answer answer = postGood("{good}", "2\r\n{}\r\n3\r\nabc\r\n0\r\n\r\n", "Transfer-Encoding: chunked");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(json(answer.body()).path("bytes").asInt()).isEqualTo(5);
    }

    @Test
    void nothingPassesWithoutAGate(@TempDir Path empty) throws Exception {
        try (Gateway alone = start(empty, new Gateway.Upstreams(FreePort.find(), store().port()))) {
            Attack event = new Attack(
                    keys().fill("POST /api/{project}/envelope/"),
                    keys().fill("X-Sentry-Auth: Sentry sentry_key={good}"));

            assertThat(event.send(alone.port()).status()).isBetween(500, 599);
            assertThat(store().requestsWith(event.mark())).isEmpty();
        }
    }
}
