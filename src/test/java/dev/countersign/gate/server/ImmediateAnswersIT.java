package dev.countersign.gate.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.testsupport.Api;
import dev.countersign.testsupport.Midnight;
import dev.countersign.testsupport.OwnService;
import dev.countersign.testsupport.Poll;
import dev.countersign.testsupport.Tenant;
import dev.countersign.testsupport.http.GateClient;
import dev.countersign.testsupport.http.RawHttp;
import dev.countersign.testsupport.http.RawHttp.Answer;
import io.restassured.RestAssured;
import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Questions of a trusted gateway. The gate answers those about good keys before Vert.x handles them, except where the request has
 * the header {@code Connection}; nobody may see a difference.
 */
class ImmediateAnswersIT {

    /** Changes nothing in HTTP/1.1, and is left to Vert.x. */
    private static final String[] BY_VERTX = {"Connection", "keep-alive"};

    @RegisterExtension
    static final OwnService SERVICE =
            new OwnService(Map.of("COUNTERSIGN_GATE_PORT", "0", "COUNTERSIGN_GATE_TRUSTED_ADDRESSES", "127.0.0.1,::1"));

    private GateClient gate;
    private Tenant tenant;
    private String key;

    @BeforeEach
    void createKey() {
        RestAssured.port = SERVICE.get().port();
        gate = new GateClient(SERVICE.get().gatePort(), null);
        tenant = Tenant.create();
        key = tenant.newKey("{}");
        assertThat(gate.nginx(tenant.store(key)).status()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"original", "ingress-nginx", "forwarded"})
    void bothWaysAnswerTheSameBytes(String route) throws IOException {
        String source = """
                X-Original-URI: {store}
                X-Original-Method: POST
                """;
        if (route.equals("ingress-nginx")) {
            source = source.replace("URI: ", "URL: https://store.example.com");
        } else if (route.equals("forwarded")) {
            source = source.replace("Original", "Forwarded");
        }
        source = source.replace("{store}", tenant.store(key)).replace("\n", "\r\n");
        String question = gate.head("GET", route, source);
        String all;
        try (RawHttp connection = new RawHttp(gate.port())) {
            all = connection
                    .send(gate.head("GET", route, source, BY_VERTX) + question)
                    .finish()
                    .readToEnd();
        }

        String half = all.substring(0, all.length() / 2);
        assertThat(half).startsWith("HTTP/1.1 200 OK\r\n").endsWith("\r\n\r\n").contains("X-Countersign-Key: " + key);
        assertThat(all).isEqualTo(half + half);
    }

    @Test
    void bothWaysAreCounted() {
        double before = accepted();

        gate.nginx(tenant.store(key));
        gate.nginx(tenant.store(key), BY_VERTX);

        assertThat(accepted()).isEqualTo(before + 2);
    }

    @Test
    void keyThatIsSwitchedOffIsRefusedUntilItIsSwitchedOn() {
        Api.operator().put(tenant.key(key), """
                {"isActive":false}""");
        Answer refused = Poll.until(() -> gate.nginx(tenant.store(key)), answer -> answer.status() != 200);
        assertThat(refused.header("X-Countersign-Reason")).isEqualTo("inactive");

        Api.operator().put(tenant.key(key), """
                {"isActive":true}""");
        assertThat(Poll.until(() -> gate.nginx(tenant.store(key)), answer -> answer.status() == 200)
                        .status())
                .isEqualTo(200);
    }

    @Test
    void expiredKeyIsRefused() throws Exception {
        SERVICE.postgres().execute("update project_key set date_expires = now() where public_key = '" + key + "'");

        Answer refused = Poll.until(() -> gate.nginx(tenant.store(key)), answer -> answer.status() != 200);

        assertThat(refused.header("X-Countersign-Reason")).isEqualTo("expired");
    }

    @Test
    void keyOfAnotherProjectAndSecondKeyAreRefused() {
        assertThat(gate.nginx(tenant.store(key).replace("/api/", "/api/9")).header("X-Countersign-Reason"))
                .isEqualTo("wrong_project");
        assertThat(gate.nginx(tenant.store(key), "X-Sentry-Auth", "Sentry sentry_key=" + "0".repeat(32))
                        .header("X-Countersign-Reason"))
                .isEqualTo("ambiguous");
    }

    /** The events of both ways count against one limit, each once. */
    @Test
    void limitAllowsNoMoreThanItsEvents() throws InterruptedException {
        Midnight.letPass();
        String limited = tenant.newKey("""
                {"rateLimit":{"window":86400,"count":10}}""");
        int passed = 0;
        for (int i = 0; i < 20; i++) {
            Answer answer =
                    i % 2 == 0 ? gate.nginx(tenant.store(limited)) : gate.nginx(tenant.store(limited), BY_VERTX);
            passed += answer.status() == 200 ? 1 : 0;
        }

        assertThat(passed).isEqualTo(10);
        assertThat(gate.nginx(tenant.store(limited).replace("store/", "cron/nightly/"))
                        .status())
                .as("what the limit does not cover")
                .isEqualTo(200);
    }

    private double accepted() {
        return Double.parseDouble(SERVICE.get().metric("countersign_gate_requests_total{outcome=\"accepted\"}"));
    }
}
