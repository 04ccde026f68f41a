package dev.countersign.gate.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.testsupport.Api;
import dev.countersign.testsupport.OwnService;
import dev.countersign.testsupport.Poll;
import dev.countersign.testsupport.Tenant;
import dev.countersign.testsupport.http.GateClient;
import dev.countersign.testsupport.http.RawHttp;
import dev.countersign.testsupport.http.RawHttp.Answer;
import io.restassured.RestAssured;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Who may ask the gate of a packaged service, and about which keys. */
class AskersIT {

    private static final String TOKEN = "token-of-the-gateways-in-the-tests";

    @RegisterExtension
    static final OwnService SERVICE =
            new OwnService(Map.of("COUNTERSIGN_GATE_PORT", "0", "COUNTERSIGN_GATE_TOKEN", TOKEN));

    private Tenant tenant;
    private String target;

    @BeforeEach
    void createKey() {
        RestAssured.port = SERVICE.get().port();
        tenant = Tenant.create();
        target = tenant.store(tenant.newKey("{}"));
    }

    @Test
    void strangerIsRefusedAndTheConnectionCloses() throws IOException {
        try (RawHttp connection = new RawHttp(SERVICE.get().gatePort())) {
            connection.send(gate(null).head("POST", "path" + target, "Content-Length: 5\r\n") + "hello");
            Answer answer = connection.require(true);

            assertThat(answer.status()).isEqualTo(401);
            assertThat(answer.header("X-Countersign-Reason")).isEqualTo("asker");
            assertThat(answer.header("Connection")).isEqualTo("close");
            assertThat(answer.header("Access-Control-Allow-Origin")).isEqualTo("*");
            assertThat(connection.isClosed()).isTrue();
        }
    }

    @Test
    void strangerIsRefusedBeforeAnyOtherCheck() {
        assertThat(gate(null).ask("GET", "original", "").header("X-Countersign-Reason"))
                .isEqualTo("asker");
    }

    @Test
    void strangerIsNotTrustedByForwardedHeaders() {
        assertThat(gate(null)
                        .nginx(target, "X-Forwarded-For", "127.0.0.1", "X-Real-IP", "::1", "Forwarded", "for=127.0.0.1")
                        .status())
                .isEqualTo(401);
    }

    @Test
    void strangerIsNotIdentifiedByTheClientsHeader() {
        assertThat(gate(null).nginx(target, "Authorization", "Bearer " + TOKEN).status())
                .isEqualTo(401);
    }

    @Test
    void strangerHasAnotherToken() {
        assertThat(gate(TOKEN.replace('t', 'T')).nginx(target).status()).isEqualTo(401);
        assertThat(gate("sntrys_unknown").nginx(target).status()).isEqualTo(401);
    }

    @Test
    void tokenMayAskAboutEveryOrganization() {
        Tenant other = Tenant.create();
        String otherTarget = other.store(other.newKey("{}"));

        assertThat(gate(TOKEN).nginx(target).status()).isEqualTo(200);
        assertThat(gate(TOKEN).nginx(otherTarget).status()).isEqualTo(200);
    }

    @Test
    void tokenIsRefusedIfThereAreTwo() {
        assertThat(gate(TOKEN).nginx(target, "X-Countersign-Token", TOKEN).status())
                .isEqualTo(401);
    }

    @Test
    void tokenMayNotUseTheApi() {
        assertThat(Api.bearer(TOKEN).status("GET", "organizations/")).isEqualTo(401);
    }

    @Test
    void apiKeyWithTheScopeMayAskAboutItsOrganization() {
        assertThat(gate(tenant.newApiKey("gate:check")).nginx(target).status()).isEqualTo(200);
    }

    /** The look-up of an API key takes so long that the body is there before its end. */
    @Test
    void apiKeyMayAskAboutAnEnvelope() {
        String dsn = target.replaceAll("/api/(\\d+)/store/.sentry_key=(.*)", "https://$2@ingest.example.com/$1");
        String envelope = """
                {"dsn":"%s"}
                """.formatted(dsn);

        GateClient gate = gate(tenant.newApiKey("gate:check"));
        String path = "/api/" + tenant.projectId() + "/envelope/";
        assertThat(Poll.until(() -> gate.envelope(path, envelope).status(), status -> status == 200))
                .as("once the body comes in time, which it may not on a busy machine")
                .isEqualTo(200);
    }

    @Test
    void apiKeyKnowsNoKeysOfOtherOrganizations() {
        String other = Tenant.create().newApiKey("gate:check");

        Answer answer = gate(other).nginx(target);

        assertThat(answer.status()).isEqualTo(403);
        assertThat(answer.header("X-Countersign-Reason")).isEqualTo("unknown_key");
    }

    @Test
    void apiKeyCountsNoEventsOfRemovedKeysOfOtherOrganizations() {
        GateClient own = gate(tenant.newApiKey("gate:check"));
        GateClient other = gate(Tenant.create().newApiKey("gate:check"));
        String key = target.substring(target.indexOf('=') + 1);
        assertThat(Api.operator().delete(tenant.key(key)).statusCode()).isEqualTo(204);
        Poll.until(() -> other.nginx(target), answer -> isUnknown(answer));

        for (int i = 0; i < 50; i++) {
            assertThat(isUnknown(other.nginx(target))).isTrue();
        }
        int counted = 0;
        while (counted < 2) {
            counted += isUnknown(own.nginx(target)) ? 1 : 0;
        }

        String list = "/api/countersign/v1/organizations/" + tenant.organization() + "/rejected-keys/";
        List<Object> all = List.of(counted);
        assertThat(Poll.until(() -> Api.operator().get(list).jsonPath().getList("count"), all::equals))
                .isEqualTo(all);
    }

    private static boolean isUnknown(Answer answer) {
        return answer.header("X-Countersign-Reason").equals("unknown_key");
    }

    @Test
    void apiKeyWithoutTheScopeIsForbidden() {
        Answer answer = gate(tenant.newApiKey("org:admin", "project:admin")).nginx(target);

        assertThat(answer.status()).isEqualTo(403);
        assertThat(answer.header("X-Countersign-Reason")).isEqualTo("asker");
    }

    @Test
    void apiKeyWithTheScopeMayDoNothingElse() {
        assertThat(tenant.apiKey("gate:check").status("GET", "organizations/" + tenant.organization() + "/"))
                .isEqualTo(403);
    }

    @Test
    void apiKeyMayAskNoLongerOnceItIsRemoved() {
        String secret = tenant.newApiKey("gate:check");
        String keys = "organizations/" + tenant.organization() + "/api-keys/";
        assertThat(gate(secret).nginx(target).status()).isEqualTo(200);

        Api.operator().get(keys).jsonPath().getList("id").forEach(id -> Api.operator()
                .delete(keys + id + "/"));

        assertThat(Poll.until(() -> gate(secret).nginx(target), answer -> answer.status() != 200)
                        .status())
                .isEqualTo(401);
    }

    @Test
    void apiKeyOfTheOperatorIsForbidden() {
        assertThat(gate(Api.OPERATOR_TOKEN).nginx(target).status()).isEqualTo(403);
    }

    private static GateClient gate(@Nullable String token) {
        return new GateClient(SERVICE.get().gatePort(), token);
    }
}
