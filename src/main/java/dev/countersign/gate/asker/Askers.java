package dev.countersign.gate.asker;

import dev.countersign.credential.Secret;
import dev.countersign.credential.limit.Networks;
import dev.countersign.credential.token.ConfiguredToken;
import dev.countersign.gate.known.GateConfig;
import io.vertx.core.net.SocketAddress;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Identifies the sender of each request to the gate: by a trusted address, by the configured token, or by an API key. The
 * header {@code Authorization} belongs to the client of the store, so the token has a header of its own.
 */
@Singleton
public class Askers {

    private final Networks trusted;
    private final ConfiguredToken token;
    private final ApiKeyAskers apiKeys;

    Askers(GateConfig config, ApiKeyAskers apiKeys) {
        this.trusted = Networks.require(config.trustedAddresses().orElse(List.of()));
        this.token = new ConfiguredToken("countersign.gate.token", config.token(), config.tokenFile());
        this.apiKeys = apiKeys;
    }

    /** Whether everything from a peer is trusted, by the address of its socket. */
    public boolean trust(SocketAddress peer) {
        return trusted.contain(peer.hostAddress());
    }

    /**
     * Finds the asker with a token.
     *
     * @param presented the token or API key; null for none
     * @param limitMillis how long the database may take
     * @param then is called exactly once, on the caller's Vert.x context
     */
    public void identify(@Nullable String presented, long limitMillis, Consumer<Asker> then) {
        if (presented == null) {
            then.accept(Asker.NOBODY);
            return;
        }
        Secret secret = Secret.of(presented);
        if (token.is(secret)) {
            then.accept(Asker.OF_ALL);
        } else {
            apiKeys.identify(secret, limitMillis, then);
        }
    }
}
