package dev.countersign.relay.registration;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.countersign.relay.signature.Base64Text;
import dev.countersign.relay.signature.RelayKey;
import dev.countersign.relay.signature.SignatureFault;
import dev.countersign.relay.signature.SignedTime;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * Makes and reads the tokens that a relay must send back to register: {@code <state>:<code>}. The state is JSON in base64url;
 * the code is HMAC-SHA512 over the text of the state. Relays never look into a token.
 *
 * @param relayId the relay that the token was made for
 * @param key its public key
 * @param time when the token was made, in whole seconds
 */
record ChallengeToken(String relayId, RelayKey key, Instant time) {

    private static final String ALGORITHM = "HmacSHA512";
    private static final int RANDOM_BYTES = 64;
    private static final JsonMapper JSON = new JsonMapper();

    /** The text of the token, signed with a secret. */
    String sign(byte[] secret) {
        byte[] random = new byte[RANDOM_BYTES];
        new SecureRandom().nextBytes(random);
        ObjectNode state = JSON.createObjectNode()
                .put("timestamp", time.getEpochSecond())
                .put("relay_id", relayId)
                .put("public_key", key.toString())
                .put("rand", Base64Text.encode(random));
        String text = Base64Text.encode(state.toString().getBytes(StandardCharsets.UTF_8));
        return text + ":" + Base64Text.encode(code(text, secret));
    }

    /**
     * Reads the text of a token.
     *
     * @param secret what the token was signed with
     * @throws InvalidToken if it is malformed or was signed with another secret, whatever its age
     */
    static ChallengeToken read(String text, byte[] secret) {
        int colon = text.indexOf(':');
        String state = text.substring(0, Math.max(0, colon));
        byte[] code = Base64Text.decode(text.substring(colon + 1));
        if (colon < 0) {
            throw new InvalidToken(SignatureFault.BAD_SIGNATURE);
        }
        if (code == null) {
            throw new InvalidToken(SignatureFault.BAD_ENCODING);
        }
        if (!MessageDigest.isEqual(code, code(state, secret))) {
            throw new InvalidToken(SignatureFault.BAD_SIGNATURE);
        }
        return parse(state);
    }

    /**
     * The fault of the token's age; null for a good one.
     *
     * @param maxAge how long a relay may take to answer
     */
    @Nullable
    SignatureFault fault(Instant now, Duration maxAge) {
        return SignedTime.fault(time, now, maxAge);
    }

    private static ChallengeToken parse(String state) {
        byte[] bytes = Base64Text.decode(state);
        try {
            JsonNode members = JSON.readTree(bytes == null ? new byte[0] : bytes);
            return new ChallengeToken(
                    members.path("relay_id").asText(),
                    RelayKey.require(members.path("public_key").asText()),
                    Instant.ofEpochSecond(members.path("timestamp").asLong()));
        } catch (IOException | IllegalArgumentException e) {
            throw new InvalidToken(SignatureFault.BAD_ENCODING); // signed by another version of this service
        }
    }

    private static byte[] code(String state, byte[] secret) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(secret, ALGORITHM));
            return mac.doFinal(state.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e); // every JDK has this algorithm
        }
    }

    /** Exception: carries the fault of a token. Has no stack trace, because anyone can send bad tokens. */
    static final class InvalidToken extends RuntimeException {
        private final SignatureFault fault;

        InvalidToken(SignatureFault fault) {
            super(fault.text(), null, false, false);
            this.fault = fault;
        }

        SignatureFault fault() {
            return fault;
        }
    }
}
