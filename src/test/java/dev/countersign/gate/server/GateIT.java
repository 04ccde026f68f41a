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
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the gate of a packaged service answers to an asker with the token. */
class GateIT {

    private static final String TOKEN = "token-of-the-gateways-in-the-tests";
    private static final String NOBODY = "00000000000000000000000000000000";

    private static final String REFUSED = """
            {"detail":"event submission rejected with_reason: ProjectId"}""";

    @RegisterExtension
    static final OwnService SERVICE = new OwnService(Map.of(
            "COUNTERSIGN_GATE_PORT", "0", "COUNTERSIGN_GATE_TOKEN", TOKEN, "COUNTERSIGN_GATE_REFUSED_BACKOFF", "300"));

    private GateClient gate;
    private Tenant tenant;
    private String key;

    @BeforeEach
    void createKey() {
        RestAssured.port = SERVICE.get().port();
        gate = new GateClient(SERVICE.get().gatePort(), TOKEN);
        tenant = Tenant.create();
        key = tenant.newKey("{}");
    }

    @Test
    void goodKeyPassesByEachRoute() {
        Map<String, String> expected = Map.of(
                "cache-control",
                "no-store",
                "x-countersign-organization",
                tenant.organization(),
                "x-countersign-project",
                Long.toString(tenant.projectId()),
                "x-countersign-key",
                key,
                "content-length",
                "0");

        for (Answer answer : new Answer[] {
            gate.nginx(store()),
            gate.ingressNginx(store()),
            gate.caddy("POST", store()),
            gate.envoy("POST", store()),
            gate.ask("GET", "forwarded?sentry_key=" + NOBODY, source(store()))
        }) {
            assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
            assertThat(answer.headers()).isEqualTo(expected);
            assertThat(answer.body()).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET", "POST", "PUT", "DELETE", "OPTIONS", "BREW"})
    void anyMethodMayAsk(String method) {
        assertThat(gate.ask(method, "forwarded", source(store())).status()).isEqualTo(200);
    }

    @Test
    void headIsAnsweredWithoutABody() {
        assertThat(gate.ask("HEAD", "forwarded", source("/api/7/store/")).status())
                .isEqualTo(401);
    }

    @Test
    void http10IsServed() {
        String question = gate.head("GET", "original", "X-Original-URI: " + store() + "\r\nX-Original-Method: POST\r\n")
                .replace("HTTP/1.1", "HTTP/1.0");

        assertThat(gate.send(question, true).status()).isEqualTo(200);
    }

    @Test
    void connectionStaysOpen() throws IOException {
        String question = gate.head("GET", "forwarded", source(store()));
        String bad = gate.head("GET", "forwarded", source("/api/7/store/"));
        assertThat(gate.nginx(store()).status())
                .as("in memory from now on, so that no answer depends on how soon the key is found")
                .isEqualTo(200);
        try (RawHttp connection = new RawHttp(gate.port())) {
            assertThat(connection.send(question).require(true).status()).isEqualTo(200);
            assertThat(connection.send(bad).require(true).status()).isEqualTo(401);
            assertThat(connection.send(question + question).require(true).status())
                    .isEqualTo(200);
            assertThat(connection.require(true).status()).isEqualTo(200);
        }
    }

    @Test
    void refusalCanBeReadByAPage() {
        Answer answer = gate.caddy("POST", "/api/8/../7/store/");

        assertThat(answer.status()).isEqualTo(403);
        assertThat(answer.headers())
                .isEqualTo(Map.of(
                        "cache-control", "no-store",
                        "content-type", "application/json",
                        "x-sentry-error", "event submission rejected with_reason: ProjectId",
                        "x-countersign-reason", "path",
                        "access-control-allow-origin", "*",
                        "access-control-expose-headers", "X-Sentry-Error, X-Sentry-Rate-Limits, Retry-After",
                        "content-length", Integer.toString(REFUSED.length())));
        assertThat(answer.body()).isEqualTo(REFUSED);
    }

    @Test
    void submissionWithoutAKeyIs401() {
        Answer answer = gate.nginx("/api/7/store/");

        assertThat(answer.status()).isEqualTo(401);
        assertThat(answer.header("X-Countersign-Reason")).isEqualTo("no_key");
        assertThat(answer.body()).isEqualTo("""
                {"detail":"missing authorization information"}""");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    /api/{p}/store/?sentry_key={k}                    | 200 |
                    /api/{p}/store/                                   | 401 | no_key
                    /api/{p}/store/?sentry_key={k}&sentry_key={k}     | 403 | ambiguous
                    /api/{p}/unreal/{k}/?sentry_key={n}               | 403 | ambiguous
                    /api/{p}//store/?sentry_key={k}                   | 403 | path
                    /api/{p}/store/?sentry_key={n}                    | 403 | unknown_key
                    /api/{p}/store/?sentry_key=%27--                  | 403 | unknown_key
                    /api/9{p}/store/?sentry_key={k}                   | 403 | wrong_project
                    """)
    void refusalNamesItsReason(String target, int status, String reason) {
        Answer answer = gate.nginx(target.replace("{p}", Long.toString(tenant.projectId()))
                .replace("{k}", key)
                .replace("{n}", NOBODY));

        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.header("X-Countersign-Reason")).isEqualTo(reason == null ? "" : reason);
    }

    @Test
    void keyThatIsSwitchedOffIsRefusedUntilItIsSwitchedOn() {
        Api.operator().put(tenant.key(key), """
                {"isActive":false}""");
        Answer refused = Poll.until(() -> gate.nginx(store()), answer -> answer.status() != 200);

        assertThat(refused.header("X-Countersign-Reason")).isEqualTo("inactive");
        assertThat(refused.header("X-Sentry-Rate-Limits")).isEqualTo("300::key:disabled");
        assertThat(refused.header("Retry-After")).isEmpty();

        Api.operator().put(tenant.key(key), """
                {"isActive":true}""");

        assertThat(Poll.until(() -> gate.nginx(store()), answer -> answer.status() == 200)
                        .status())
                .isEqualTo(200);
    }

    @Test
    void expiredKeyIsRefused() throws Exception {
        SERVICE.postgres().execute("update project_key set date_expires = now() where public_key = '" + key + "'");

        Answer refused = Poll.until(() -> gate.nginx(store()), answer -> answer.status() != 200);

        assertThat(refused.header("X-Countersign-Reason")).isEqualTo("expired");
    }

    @Test
    void keyOverItsLimitIsRefusedByEachRoute() throws InterruptedException {
        Midnight.letPass();
        String limited = tenant.newKey("""
                {"rateLimit":{"window":86400,"count":2}}""");
        String target = store().replace(key, limited);
        Answer first = Poll.until(() -> gate.caddy("POST", target), answer -> answer.status() == 429);

        assertThat(first.status()).isEqualTo(429);
        assertThat(first.header("X-Countersign-Reason")).isEqualTo("rate_limited");
        assertThat(first.header("Retry-After")).matches("[1-9][0-9]{0,4}");
        assertThat(first.header("X-Sentry-Rate-Limits"))
                .isEqualTo(first.header("Retry-After") + ":default;error;security:key:key_quota");
        assertThat(first.header("Access-Control-Expose-Headers")).contains("X-Sentry-Rate-Limits");
        assertThat(gate.envoy("POST", target).status()).isEqualTo(429);
        for (Answer answer : new Answer[] {gate.nginx(target), gate.ingressNginx(target)}) {
            assertThat(answer.status()).isEqualTo(403);
            assertThat(answer.header("X-Countersign-Reason")).isEqualTo("rate_limited");
            assertThat(answer.header("X-Sentry-Rate-Limits")).endsWith(":default;error;security:key:key_quota");
            assertThat(answer.header("Retry-After")).isNotEmpty();
        }
        assertThat(gate.nginx(target.replace("store/", "cron/nightly/")).status())
                .as("what the limit does not cover")
                .isEqualTo(200);
    }

    @Test
    void onlyKeysThatAreNotGoodAskForQuiet() {
        assertThat(gate.nginx("/api/7/store/?sentry_key=" + NOBODY).header("X-Sentry-Rate-Limits"))
                .isEqualTo("300::key:disabled");
        assertThat(gate.nginx("/api/7/store/?sentry_key=" + key).header("X-Sentry-Rate-Limits"))
                .isEmpty();
    }

    @Test
    void originMustBeAllowed() {
        Api.operator().put(tenant.path("projects/{o}/{p}/"), """
                {"allowedDomains":["app.example.com"]}""");
        String[] evil = {"Origin", "https://evil.example.com"};

        Answer refused = Poll.until(() -> gate.nginx(store(), evil), answer -> answer.status() != 200);

        assertThat(refused.header("X-Countersign-Reason")).isEqualTo("origin");
        assertThat(gate.nginx(store(), "Origin", "https://app.example.com").status())
                .isEqualTo(200);
        assertThat(gate.nginx(store(), "Referer", "https://evil.example.com/page")
                        .status())
                .isEqualTo(403);
        assertThat(gate.nginx(store()).status()).isEqualTo(200);
    }

    @Test
    void preflightPassesWithoutAKey() {
        Answer answer = gate.caddy(
                "OPTIONS", "/api/7/envelope/", "Origin", "https://a.example", "Access-Control-Request-Method", "POST");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.header("X-Countersign-Organization")).isEqualTo("-");
        assertThat(answer.header("X-Countersign-Project")).isEqualTo("-");
        assertThat(answer.header("X-Countersign-Key")).isEqualTo("-");
    }

    @Test
    void requestByIngressNginxIsRefusedOnTheRouteOfNginx() {
        assertThat(gate.nginx(store(), "X-Original-URL", store()).header("X-Countersign-Reason"))
                .isEqualTo("no_request");
        assertThat(gate.ask("GET", "original", "").header("X-Countersign-Reason"))
                .isEqualTo("no_request");
    }

    @Test
    void otherPathsAreNotFoundAndCloseTheConnection() throws IOException {
        try (RawHttp connection = new RawHttp(gate.port())) {
            connection.send("GET /api/0/ HTTP/1.1\r\nHost: gate\r\n\r\n");

            assertThat(connection.require(true).status()).isEqualTo(404);
            assertThat(connection.isClosed()).isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"original", "ingress-nginx", "forwarded", "path/api/7/store/"})
    void portOfTheApiHasNoGate(String route) {
        GateClient api = new GateClient(SERVICE.get().port(), TOKEN);

        assertThat(api.ask("GET", route, source(store())).status()).isEqualTo(404);
    }

    @Test
    void longLineIs414AndLongHeadersAre431() {
        String line = "path/api/7/store/?x=";

        assertThat(gate.ask("GET", line + "a".repeat(8000), "").status()).isEqualTo(401);
        assertThat(gate.ask("GET", line + "a".repeat(12_000), "").header("X-Countersign-Reason"))
                .isEqualTo("no_request");
        assertThat(gate.ask("GET", line + "a".repeat(17_000), "").status()).isEqualTo(414);
        assertThat(gate.nginx(store(), "X-Long", "a".repeat(60_000)).status()).isEqualTo(200);
        assertThat(gate.nginx(store(), "X-Long", "a".repeat(66_000)).status()).isEqualTo(431);
    }

    @Test
    void noAnswerToAnInvalidRequestIsStored() throws IOException {
        for (String request : new String[] {
            "GET / HTTP/1.1\r\nno colon\r\n\r\n",
            "GET /" + "a".repeat(17_000) + " HTTP/1.1\r\n\r\n",
            gate.head("GET", "original", "X-Long: " + "a".repeat(66_000) + "\r\n")
        }) {
            try (RawHttp connection = new RawHttp(gate.port())) {
                Answer answer = connection.send(request).require(true);

                assertThat(answer.status()).isIn(400, 414, 431);
                assertThat(answer.header("Cache-Control")).as(answer.toString()).isEqualTo("no-store");
                assertThat(connection.isClosed()).isTrue();
            }
        }
    }

    @Test
    void answersAreCountedByTheirOutcome() {
        double before = accepted();

        gate.nginx(store());

        assertThat(accepted()).isEqualTo(before + 1);
        assertThat(Double.parseDouble(SERVICE.get().metric("countersign_gate_duration_seconds_count")))
                .isPositive();
        assertThat(SERVICE.get().metric("countersign_gate_requests_total{outcome=\"rate_limited\"}"))
                .isNotEmpty();
    }

    @Test
    void requestsOfTheGateAreNoRequestsOfTheApi() throws Exception {
        gate.nginx(store());

        assertThat(SERVICE.get().get("/q/metrics").body()).doesNotContain("gate/original");
    }

    @Test
    void readinessNamesTheGate() throws Exception {
        assertThat(SERVICE.get().get("/q/health/ready").body()).contains("\"gate\"");
    }

    private String store() {
        return tenant.store(key);
    }

    private static String source(String target) {
        return "X-Forwarded-Uri: " + target + "\r\nX-Forwarded-Method: POST\r\n";
    }

    private static double accepted() {
        return Double.parseDouble(SERVICE.get().metric("countersign_gate_requests_total{outcome=\"accepted\"}"));
    }
}
