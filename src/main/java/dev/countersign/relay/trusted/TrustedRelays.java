package dev.countersign.relay.trusted;

import dev.countersign.relay.signature.RelayKey;
import jakarta.inject.Singleton;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Finds the trusted relays by their ids. */
@Singleton
public class TrustedRelays {

    private final Map<String, Relay> byId = new HashMap<>();

    TrustedRelays(RelayConfig config) {
        config.relays().values().forEach(relay -> {
            String id = Relay.id(relay.id().orElse(null));
            Optional<RelayKey> key = relay.publicKey().map(RelayKey::require);
            if (id != null && key.isPresent()) {
                byId.put(id, new Relay(id, key.get()));
            }
        });
    }

    /** The relay with an id in any case; null if there is none. */
    public @Nullable Relay find(@Nullable String id) {
        String normal = Relay.id(id);
        return normal == null ? null : byId.get(normal);
    }
}
