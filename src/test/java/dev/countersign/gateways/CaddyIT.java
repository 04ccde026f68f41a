package dev.countersign.gateways;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;

/** Attacks through Caddy, in a version of this year. */
@Tag("tools")
class CaddyIT extends GatewayRefusals {

    CaddyIT(GatedStore.Running running) {
        super(running, "caddy");
    }

    @Override
    Gateway start(Path folder, Gateway.Upstreams upstreams) throws IOException {
        return Gateway.caddy("caddy", folder, upstreams);
    }
}
