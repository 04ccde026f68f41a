package dev.countersign.gateways;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;

/** Attacks through Caddy 2.6, the version of Debian 12. */
@Tag("tools")
class OldCaddyIT extends GatewayRefusals {

    OldCaddyIT(GatedStore.Running running) {
        super(running, "caddy-2.6");
    }

    @Override
    Gateway start(Path folder, Gateway.Upstreams upstreams) throws IOException {
        return Gateway.caddy("caddy-2.6", folder, upstreams);
    }
}
