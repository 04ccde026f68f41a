package dev.countersign.gateways;

import java.nio.file.Path;

/** Attacks through a server that sends what Traefik's documentation says. Traefik itself is not run. */
class TraefikWireIT extends GatewayRefusals {

    TraefikWireIT(GatedStore.Running running) {
        super(running, "traefik");
    }

    @Override
    Gateway start(Path folder, Gateway.Upstreams upstreams) {
        return TraefikWire.start(upstreams);
    }
}
