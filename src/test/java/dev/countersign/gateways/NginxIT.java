package dev.countersign.gateways;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;

/** Attacks through nginx. */
@Tag("tools")
class NginxIT extends GatewayRefusals {

    NginxIT(GatedStore.Running running) {
        super(running, "nginx");
    }

    @Override
    Gateway start(Path folder, Gateway.Upstreams upstreams) throws IOException {
        return Gateway.nginx(Gateway.DEPLOYED.resolve("nginx").resolve("nginx.conf"), folder, upstreams);
    }
}
