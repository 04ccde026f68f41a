package dev.countersign.gate.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.testsupport.OwnService;
import dev.countersign.testsupport.Tenant;
import dev.countersign.testsupport.http.GateClient;
import dev.countersign.testsupport.http.RawHttp.Answer;
import dev.countersign.testsupport.issuer.TestIssuer;
import io.restassured.RestAssured;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Gateways that ask the gate with the token of an issuer, such as that of their service account, in place of an API key. */
class IssuedAskersIT {

    @RegisterExtension
    static final OwnService SERVICE = new OwnService(settings());

    private Tenant tenant;
    private String target;

    @BeforeEach
    void createKey() {
        RestAssured.port = SERVICE.get().port();
        tenant = Tenant.create();
        target = tenant.store(tenant.newKey("{}"));
    }

    @Test
    void tokenWithTheScopeMayAskAboutItsOrganization() {
        String token = TestIssuer.token("gateway", tenant.organization(), "gate:check");

        assertThat(ask(token).status()).isEqualTo(200);
        assertThat(ask(token).status()).as("remembered").isEqualTo(200);
    }

    @Test
    void tokenKnowsNoKeysOfOtherOrganizations() {
        Answer answer = ask(TestIssuer.token("gateway", Tenant.create().organization(), "gate:check"));

        assertThat(answer.status()).isEqualTo(403);
        assertThat(answer.header("X-Countersign-Reason")).isEqualTo("unknown_key");
    }

    @Test
    void tokenWithoutTheScopeOrWithoutAGrantIsForbidden() {
        for (String role : new String[] {"project:admin", "nothing"}) {
            Answer answer = ask(TestIssuer.token("gateway", tenant.organization(), role));

            assertThat(answer.status()).as(role).isEqualTo(403);
            assertThat(answer.header("X-Countersign-Reason")).isEqualTo("asker");
        }
    }

    @Test
    void forgedAndEndedTokensAreRefused() {
        String claims = TestIssuer.claims("gateway", tenant.organization(), "gate:check");
        String ended = claims.replaceFirst(
                "\"exp\":[0-9]+", "\"exp\":" + (Instant.now().getEpochSecond() - 100));
        String good = TestIssuer.signer().sign(claims);

        assertThat(ask(TestIssuer.signer().sign(ended)).status()).isEqualTo(401);
        assertThat(ask(good.substring(0, good.lastIndexOf('.') + 1) + "AAAA").status())
                .isEqualTo(401);
    }

    private Answer ask(String token) {
        return new GateClient(SERVICE.get().gatePort(), token).nginx(target);
    }

    private static Map<String, String> settings() {
        Map<String, String> settings = new HashMap<>(TestIssuer.environment());
        settings.put("COUNTERSIGN_GATE_PORT", "0");
        return settings;
    }
}
