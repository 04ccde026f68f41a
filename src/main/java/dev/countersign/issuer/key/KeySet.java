package dev.countersign.issuer.key;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Holds the public keys of an issuer by their {@code kid}.
 *
 * @param keys the keys that can be used; never empty
 */
record KeySet(Map<String, VerificationKey> keys) {

    /** The most keys that a set may have. */
    static final int MAX_KEYS = 100;

    /**
     * Reads a set (JWKS). Leaves out each key that cannot be used, and keys that share their {@code kid}.
     *
     * @throws InvalidKeysException if the bytes are no set, or no key can be used
     */
    static KeySet read(byte[] json) throws InvalidKeysException {
        ObjectNode set = StrictJson.object(json);
        JsonNode members = set == null ? null : set.get("keys");
        if (members == null || !members.isArray()) {
            throw new InvalidKeysException("the answer is no JSON Web Key Set");
        }
        if (members.size() > MAX_KEYS) {
            throw new InvalidKeysException("the set has more than " + MAX_KEYS + " keys");
        }
        Map<String, VerificationKey> keys = new HashMap<>();
        Set<String> seen = new HashSet<>();
        for (JsonNode member : members) {
            String id = member.path("kid").asText("");
            VerificationKey key = KeyReader.read(member);
            // Nobody can say which of two keys a token means.
            if (!id.isEmpty() && !seen.add(id)) {
                keys.remove(id);
            } else if (key != null) {
                keys.put(id, key);
            }
        }
        if (keys.isEmpty()) {
            throw new InvalidKeysException("the set has no key that can be used");
        }
        return new KeySet(Map.copyOf(keys));
    }

    /** The key with an id; null if there is none. */
    @Nullable
    VerificationKey find(String id) {
        return keys.get(id);
    }

    /** Exception: what was loaded is no set of keys. The message names the fault and holds nothing of what was loaded. */
    static final class InvalidKeysException extends Exception {
        InvalidKeysException(String message) {
            super(message);
        }
    }
}
