package dev.countersign.relay;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.testsupport.OwnService;
import dev.countersign.testsupport.Poll;
import dev.countersign.testsupport.http.Client;
import dev.countersign.testsupport.http.PlainPath;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** An attacker who knows the id of a relay, or nothing, sends thousands of bad requests. The relay goes on. */
class RelayAttackIT {

    private static final int FLOOD = 3000;
    private static final int LIMIT = 60;
    private static final TestRelay RELAY = TestRelay.TRUSTED;
    private static final TestRelay IMPOSTOR = TestRelay.create(RELAY.id());
    private static final TestRelay STRANGER = TestRelay.create("0d1b0ef9-7a32-4a4e-8d3f-2f6a2a2b7c5d");
    private static final String IDS = "projectids/";
    private static final String CHALLENGE = "register/challenge/";
    private static final String BODY = """
            {"publicKeys":[]}""";

    @RegisterExtension
    static final OwnService SERVICE = new OwnService(TestRelay.trustedWith(Map.of(
            "COUNTERSIGN_TRUSTED_PROXIES",
            "127.0.0.1,::1",
            "COUNTERSIGN_FAILED_CREDENTIALS_WINDOW",
            "10m",
            "JAVA_TOOL_OPTIONS",
            "-Xmx192m")));

    @Test
    void badSignaturesAreRefusedUnreadPastTheLimit() {
        List<HttpResponse<String>> answers = flood("192.0.2.1", IMPOSTOR, IDS, BODY);

        assertThat(answers.stream().map(HttpResponse::statusCode)).containsOnly(401, 429);
        assertThat(answers).filteredOn(answer -> answer.statusCode() == 401).hasSize(LIMIT);
        assertThat(answers).filteredOn(answer -> answer.statusCode() == 429).allSatisfy(answer -> {
            assertThat(answer.body())
                    .startsWith("{\"detail\":\"You are attempting to use this endpoint too frequently.");
            assertThat(Integer.parseInt(
                            answer.headers().firstValue("Retry-After").orElseThrow()))
                    .isBetween(1, 600);
        });
        assertThat(send("192.0.2.2", RELAY, IDS, BODY).statusCode()).isEqualTo(200);
    }

    @Test
    void relayGoesOnBehindTheAddressOfAnAttacker() throws Exception {
        String address = "192.0.2.3";
        assertThat(send(address, RELAY, IDS, BODY).statusCode()).isEqualTo(200);

        AtomicBoolean ended = new AtomicBoolean();
        CompletableFuture<Void> attack = CompletableFuture.runAsync(() -> {
            while (!ended.get()) {
                together(40, () -> post(address, IMPOSTOR, IDS, BODY));
                // 200 a second at most: the relay and the attacker share the 500 requests a second of the relay's id.
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(200));
            }
        });
        Poll.until(() -> send(address, STRANGER, CHALLENGE, challenge(STRANGER)).statusCode(), status -> status == 429);
        List<Integer> statuses = IntStream.range(0, 50)
                .mapToObj(any -> send(address, RELAY, IDS, BODY).statusCode())
                .toList();
        ended.set(true);
        attack.get();

        assertThat(statuses).containsOnly(200);
    }

    /** The service has not seen the relay at this address, as after a start of either. */
    @Test
    void relayBeginsBehindTheAddressOfAnAttacker() {
        String address = "192.0.2.4";
        flood(address, IMPOSTOR, IDS, BODY);

        assertThat(Poll.until(() -> register(address), status -> status == 200)).isEqualTo(200);
        assertThat(send(address, RELAY, IDS, BODY).statusCode()).isEqualTo(200);
    }

    @Test
    void strangerDoesNotUseUpTheRegistrationsOfOthers() {
        for (String path : new String[] {CHALLENGE, "register/response/"}) {
            String address = "198.51.100." + path.length();
            List<HttpResponse<String>> answers = flood(address, STRANGER, path, challenge(STRANGER));

            assertThat(answers).filteredOn(answer -> answer.statusCode() != 429).hasSize(LIMIT);
            assertThat(register("192.0.2.5")).as("another address").isEqualTo(200);
            assertThat(Poll.until(() -> register(address), status -> status == 200))
                    .as("the address of the stranger")
                    .isEqualTo(200);
        }
    }

    @Test
    void badSignaturesOfManyAddressesAreAnswered() {
        AtomicInteger next = new AtomicInteger();
        List<Integer> statuses = IntStream.range(0, FLOOD / 100)
                .mapToObj(any -> IMPOSTOR.sign(BODY))
                .flatMap(signature ->
                        together(100, () -> post(address(next.getAndIncrement()), IMPOSTOR.id(), signature, IDS, BODY))
                                .stream())
                .map(HttpResponse::statusCode)
                .toList();

        assertThat(statuses).containsOnly(401);
        assertThat(send("192.0.2.6", RELAY, IDS, BODY).statusCode()).isEqualTo(200);
    }

    @Test
    void clientsThatHangUpLeaveNothingBehind() {
        String configs = "projectconfigs/?version=3";
        String body = """
                {"publicKeys":["%s"]}""".formatted("0".repeat(32));
        for (int i = 0; i < 200; i++) {
            post("192.0.2.7", RELAY, configs, body).cancel(true);
        }

        assertThat(Poll.until(() -> send("192.0.2.7", RELAY, configs, body).statusCode(), status -> status == 200))
                .isEqualTo(200);
    }

    /** Registers the relay, and answers the last status. */
    private int register(String address) {
        HttpResponse<String> challenge = send(address, RELAY, CHALLENGE, challenge(RELAY));
        if (challenge.statusCode() != 200) {
            return challenge.statusCode();
        }
        String token = PlainPath.of(challenge.body()).getString("token");
        return send(address, RELAY, "register/response/", """
                {"relay_id":"%s","token":"%s"}""".formatted(RELAY.id(), token))
                .statusCode();
    }

    private static String address(int number) {
        return "10.0.%d.%d".formatted(number / 250, number % 250);
    }

    private static String challenge(TestRelay relay) {
        return """
                {"relay_id":"%s","public_key":"%s"}""".formatted(relay.id(), relay.publicKey());
    }

    /** Signs once for each hundred requests. */
    private List<HttpResponse<String>> flood(String address, TestRelay relay, String path, String body) {
        return IntStream.range(0, FLOOD / 100)
                .mapToObj(any -> relay.sign(body))
                .flatMap(signature -> together(100, () -> post(address, relay.id(), signature, path, body)).stream())
                .toList();
    }

    /** Sends some requests at once, and waits for their answers. */
    private static List<HttpResponse<String>> together(
            int number, Supplier<CompletableFuture<HttpResponse<String>>> send) {
        List<CompletableFuture<HttpResponse<String>>> sent =
                IntStream.range(0, number).mapToObj(any -> send.get()).toList();
        return sent.stream().map(CompletableFuture::join).toList();
    }

    private HttpResponse<String> send(String address, TestRelay relay, String path, String body) {
        return post(address, relay, path, body).join();
    }

    /** A signed request that a proxy passes on from an address. */
    private CompletableFuture<HttpResponse<String>> post(String address, TestRelay relay, String path, String body) {
        return post(address, relay.id(), relay.sign(body), path, body);
    }

    private CompletableFuture<HttpResponse<String>> post(
            String address, String id, String signature, String path, String body) {
        return Client.shared(SERVICE.get().port(), null)
                .sendWith(
                        "POST",
                        "/api/0/relays/" + path,
                        body,
                        "X-Forwarded-For",
                        address,
                        "X-Sentry-Relay-Id",
                        id,
                        "X-Sentry-Relay-Signature",
                        signature);
    }
}
