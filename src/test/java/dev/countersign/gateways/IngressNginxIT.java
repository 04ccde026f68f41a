package dev.countersign.gateways;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.testsupport.Midnight;
import dev.countersign.testsupport.http.RawHttp;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Attacks through nginx with the lines that the template of ingress-nginx writes. The controller itself is not run. */
@Tag("tools")
class IngressNginxIT extends GatewayAttacks {

    private static final Path TEMPLATE = Path.of("src", "test", "resources", "ingress-nginx.conf");

    IngressNginxIT(GatedStore.Running running) {
        super(running, "ingress-nginx");
    }

    @Override
    Gateway start(Path folder, Gateway.Upstreams upstreams) throws IOException {
        return Gateway.nginx(TEMPLATE, folder, upstreams);
    }

    /** The controller writes no page of its own for a refusal, and passes on the statuses 401 and 403 only. */
    @Override
    int status(String reason) {
        return reason.equals("no_key") ? 401 : 403;
    }

    /** The headers of the gate's refusal are lost. */
    @Override
    void assertTold(RawHttp.Answer answer, String reason) {
        assertThat(answer.header("X-Countersign-Reason")).isEmpty();
    }

    @Test
    void keyOverItsLimitIsRefused() throws Exception {
        Midnight.letPass();
        String limited = Keys.newKey(keys().project(), """
                {"rateLimit":{"window":86400,"count":1}}""").getString("public");

        assertThat(postGood(limited, "{}", "Accept: */*").status()).isEqualTo(200);
        assertThat(post(limited, "{}", "Accept: */*").status()).isEqualTo(403);
    }
}
