package dev.countersign.relay.trusted;

import dev.countersign.web.route.Routes;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

/** Removes the routes of Relay from a service that trusts no relay, so that their paths are unknown. */
@Singleton
public class RelayRoutes {

    private static final String PATH = Routes.PREFIX + "/relays";

    /** Runs after all routes were read. */
    private static final int LATE = 5000;

    static void onStart(@Observes @Priority(LATE) StartupEvent started, RelayConfig config, Routes routes) {
        if (config.relays().isEmpty()) {
            routes.remove(PATH);
        }
    }
}
