package dev.countersign.relay;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.countersign.relay.trusted.Relay;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Holds the public keys of relays, for a relay that has other relays behind it.
 *
 * @param publicKeys the public key of each relay, by id; null for one that is not trusted
 * @param relays the same, with whether the relay gets all of a config
 */
@RegisterForReflection
public record PublicKeysResponse(
        @JsonProperty("public_keys") Map<String, @Nullable String> publicKeys,
        Map<String, @Nullable RelayInfo> relays) {

    /**
     * Holds what is known of a relay.
     *
     * @param internal always true: every trusted relay gets all of a config
     */
    @RegisterForReflection
    public record RelayInfo(String publicKey, boolean internal) {}

    static PublicKeysResponse of(List<String> ids, Function<String, @Nullable Relay> find) {
        Map<String, @Nullable String> keys = new LinkedHashMap<>();
        Map<String, @Nullable RelayInfo> relays = new LinkedHashMap<>();
        for (String id : ids) {
            Relay relay = find.apply(id);
            String key = relay == null ? null : relay.key().toString();
            keys.put(id, key);
            relays.put(id, key == null ? null : new RelayInfo(key, true));
        }
        return new PublicKeysResponse(keys, relays);
    }
}
