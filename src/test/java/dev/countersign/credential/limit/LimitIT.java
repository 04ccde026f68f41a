package dev.countersign.credential.limit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.testsupport.Api;
import dev.countersign.testsupport.Midnight;
import dev.countersign.testsupport.OwnService;
import dev.countersign.testsupport.Poll;
import dev.countersign.testsupport.http.Client;
import dev.countersign.testsupport.http.PlainPath;
import io.restassured.path.json.JsonPath;
import java.net.http.HttpResponse;
import java.sql.Connection;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Limits for guessed credentials and for busy clients. The answers are Sentry's. */
class LimitIT {
    private static final int FAILURES = 3;
    private static final int REQUESTS = 12;
    private static final int AT_ONCE = 2;
    private static final String KEYS = "/api/0/projects/acme/pump/keys/";

    @RegisterExtension
    static final OwnService SERVICE = new OwnService(Map.of(
            "COUNTERSIGN_FAILED_CREDENTIALS_LIMIT",
            String.valueOf(FAILURES),
            "COUNTERSIGN_FAILED_CREDENTIALS_WINDOW",
            "1h",
            "COUNTERSIGN_API_RATE_LIMIT_LIMIT",
            String.valueOf(REQUESTS),
            "COUNTERSIGN_API_RATE_LIMIT_WINDOW",
            "24h",
            "COUNTERSIGN_API_RATE_LIMIT_CONCURRENT_LIMIT",
            String.valueOf(AT_ONCE),
            "COUNTERSIGN_TRUSTED_PROXIES",
            "127.0.0.1,10.0.0.0/8"));

    private static Client client;

    @BeforeAll
    static void start() throws Exception {
        client = SERVICE.get().client(Duration.ofSeconds(30));
        SERVICE.get().newProject("acme");
    }

    @Test
    void guessingAddressIsLimitedAndOthersAreNot() {
        for (int i = 0; i < FAILURES; i++) {
            assertThat(guess("192.0.2.1", i).statusCode()).isEqualTo(401);
        }

        HttpResponse<String> refused = guess("192.0.2.1", FAILURES);

        assertThat(refused.statusCode()).isEqualTo(429);
        assertThat(refused.body()).isEqualTo("""
                        {"detail":"You are attempting to use this endpoint too frequently. Limit is 3 requests \
                        in 3600 seconds"}""");
        assertThat(refused.headers().firstValue("Content-Type")).hasValue("application/json");
        assertThat(Integer.parseInt(refused.headers().firstValue("Retry-After").orElseThrow()))
                .isBetween(1, 3600);
        assertThat(guess("192.0.2.2", 0).statusCode()).as("another address").isEqualTo(401);
        assertThat(client.send("GET", "/api/0/organizations/x/", "", Api.OPERATOR_TOKEN, "X-Forwarded-For", "192.0.2.1")
                        .join()
                        .statusCode())
                .as("the operator")
                .isEqualTo(404);
        assertThat(from("192.0.2.1", newApiKey()).statusCode())
                .as("a key that was never used before")
                .isEqualTo(200);
    }

    @Test
    void clientCannotChooseItsAddress() {
        for (int i = 0; i < FAILURES; i++) {
            assertThat(guess("198.51.100." + i + ", 192.0.2.9, 10.1.1.1", i).statusCode())
                    .isEqualTo(401);
        }

        assertThat(guess("198.51.100.99, 192.0.2.9, 10.2.2.2", FAILURES).statusCode())
                .isEqualTo(429);
        assertThat(guess("192.0.2.9, 198.51.100.99", FAILURES).statusCode()).isEqualTo(401);
    }

    @Test
    void unknownApiKeysAreLimited() {
        String unknown = "cs_" + "x".repeat(43);
        for (int i = 0; i < FAILURES; i++) {
            assertThat(from("192.0.2.4", unknown).statusCode()).isEqualTo(401);
        }

        assertThat(from("192.0.2.4", unknown).statusCode()).isEqualTo(429);
    }

    @Test
    void ipv6NetworkIsOneClient() {
        for (int i = 0; i < FAILURES; i++) {
            assertThat(guess("2001:db8::" + i, i).statusCode()).isEqualTo(401);
        }

        assertThat(guess("2001:db8::ffff", FAILURES).statusCode()).isEqualTo(429);
        assertThat(guess("2001:db8:0:1::1", FAILURES).statusCode()).isEqualTo(401);
    }

    @Test
    void deletedApiKeyIsLimited() {
        JsonPath key = PlainPath.of(newApiKeyResponse());
        String secret = key.getString("key");
        assertThat(from("192.0.2.3", secret).statusCode()).isEqualTo(200);
        String path = "/api/0/organizations/acme/api-keys/" + key.getString("id") + "/";
        assertThat(client.send("DELETE", path, "").join().statusCode()).isEqualTo(204);
        assertThat(Poll.until(() -> from("192.0.2.3", secret).statusCode(), status -> status == 401))
                .isEqualTo(401);
        for (int i = 1; i < FAILURES; i++) {
            assertThat(from("192.0.2.3", secret).statusCode()).isEqualTo(401);
        }

        assertThat(from("192.0.2.3", secret).statusCode()).isEqualTo(429);
    }

    @Test
    void rateLimitHeadersCountDown() throws InterruptedException {
        Midnight.letPass();
        String key = newApiKey();
        for (int left = REQUESTS - 1; left >= 0; left--) {
            HttpResponse<String> served = client.send("GET", KEYS, "", key).join();
            assertThat(served.statusCode()).isEqualTo(200);
            assertThat(header(served, "Remaining")).isEqualTo(left);
            assertThat(header(served, "Limit")).isEqualTo(REQUESTS);
            assertThat(header(served, "Reset")).isGreaterThan(Instant.now().getEpochSecond());
            assertThat(header(served, "ConcurrentLimit")).isEqualTo(AT_ONCE);
        }

        HttpResponse<String> refused = client.send("GET", KEYS, "", key).join();

        assertThat(refused.statusCode()).isEqualTo(429);
        assertThat(refused.body()).isEqualTo("""
                        {"detail":"You are attempting to use this endpoint too frequently. Limit is 12 requests \
                        in 86400 seconds"}""");
        assertThat(header(refused, "Remaining")).isZero();
        assertThat(header(refused, "Reset") % 86400).isZero();
        assertThat(refused.headers().firstValue("Retry-After")).isPresent();
        assertThat(client.send("GET", KEYS, "", newApiKey()).join().statusCode())
                .as("another credential")
                .isEqualTo(200);
    }

    @Test
    void concurrentRequestsAreLimited() throws Exception {
        String key = newApiKey();
        try (Connection connection = SERVICE.postgres().begin("lock table project_key in access exclusive mode")) {

            List<HttpResponse<String>> answers =
                    Stream.of(1, 2, 3).map(i -> client.send("GET", KEYS, "", key)).toList().stream()
                            .map(answer -> answer.join())
                            .toList();

            assertThat(answers)
                    .filteredOn(answer -> answer.statusCode() == 429)
                    .singleElement()
                    .satisfies(refused -> {
                        assertThat(refused.body()).isEqualTo("""
                                                {"detail":"You are attempting to go above the allowed \
                                                concurrency for this endpoint. Concurrency limit is 2"}""");
                        assertThat(header(refused, "ConcurrentRemaining")).isZero();
                        assertThat(refused.headers().firstValue("Retry-After")).hasValue("1");
                    });
            connection.rollback();
        }
    }

    private static HttpResponse<String> guess(String address, int number) {
        return from(address, "guess-" + address.length() + "-" + number);
    }

    private static HttpResponse<String> from(String address, String credential) {
        return client.send("GET", KEYS, "", credential, "X-Forwarded-For", address)
                .join();
    }

    private static String newApiKey() {
        return PlainPath.of(newApiKeyResponse()).getString("key");
    }

    private static String newApiKeyResponse() {
        HttpResponse<String> response =
                client.send("POST", "/api/0/organizations/acme/api-keys/", """
                {"label":"x","scope_list":["project:read"]}""").join();
        assertThat(response.statusCode()).as(response.body()).isEqualTo(201);
        return response.body();
    }

    private static long header(HttpResponse<String> response, String name) {
        return Long.parseLong(
                response.headers().firstValue("X-Sentry-Rate-Limit-" + name).orElseThrow());
    }
}
