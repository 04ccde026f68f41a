package dev.countersign.gateways;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.testsupport.Midnight;
import dev.countersign.testsupport.http.RawHttp;
import org.junit.jupiter.api.Test;

/** What clients of a gateway are told by a refusal, where the gateway passes on what the gate says. */
abstract class GatewayRefusals extends GatewayAttacks {

    GatewayRefusals(GatedStore.Running running, String name) {
        super(running, name);
    }

    @Test
    void pageMayReadARefusal() throws Exception {
        RawHttp.Answer answer = post("{off}", "{}", "Origin: https://shop.example");

        assertThat(answer.status()).isEqualTo(403);
        assertThat(answer.header("Access-Control-Allow-Origin")).isEqualTo("*");
        assertThat(answer.header("Access-Control-Expose-Headers"))
                .contains("X-Sentry-Error", "X-Sentry-Rate-Limits", "Retry-After");
        assertThat(answer.header("X-Sentry-Error")).isEqualTo("event submission rejected with_reason: ProjectId");
        assertThat(answer.body()).isEqualTo("""
                {"detail":"event submission rejected with_reason: ProjectId"}""");
    }

    @Test
    void keyOverItsLimitIsToldHowLongToWait() throws Exception {
        Midnight.letPass();
        String limited = Keys.newKey(keys().project(), """
                {"rateLimit":{"window":86400,"count":1}}""").getString("public");

        RawHttp.Answer first = post(limited, "{}", "Origin: https://shop.example");
        RawHttp.Answer second = post(limited, "{}", "Origin: https://shop.example");

        assertThat(first.status()).as(first.toString()).isEqualTo(200);
        assertThat(second.status()).as(second.toString()).isEqualTo(429);
        assertThat(second.header("Retry-After")).matches("[1-9][0-9]{0,4}");
        assertThat(second.header("X-Sentry-Rate-Limits"))
                .isEqualTo(second.header("Retry-After") + ":default;error;security:key:key_quota");
        assertThat(second.header("Access-Control-Allow-Origin")).isEqualTo("*");
    }
}
