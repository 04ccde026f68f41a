package dev.countersign.issuer.key;

import com.fasterxml.jackson.databind.JsonNode;
import dev.countersign.crypto.CurvePoints;
import java.math.BigInteger;
import java.security.PublicKey;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.EdECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.StreamSupport;
import org.jose4j.jwk.PublicJsonWebKey;
import org.jose4j.lang.JoseException;
import org.jspecify.annotations.Nullable;

/** Static helper: reads one key of a set, and leaves out keys that are not for signatures, or are weak or malformed. */
final class KeyReader {

    private static final int MIN_RSA_BITS = 2048;

    /** Larger keys make a verification slow, and no issuer has one. */
    private static final int MAX_RSA_BITS = 8192;

    private static final int MIN_EXPONENT = 3;
    private static final int MAX_EXPONENT_BITS = 64;
    private static final Set<String> RSA = Set.of("RS256", "PS256");
    private static final Set<String> EC = Set.of("ES256");
    private static final Set<String> ED = Set.of("EdDSA");

    private KeyReader() {}

    /** Reads a key; null for a key that cannot be used. */
    static @Nullable VerificationKey read(JsonNode key) {
        String id = key.path("kid").asText("");
        if (id.isEmpty() || !key.path("kid").isTextual() || !isForSignatures(key)) {
            return null;
        }
        PublicKey publicKey = publicKey(key);
        Set<String> algorithms = publicKey == null ? Set.of() : algorithms(publicKey);
        String bound = key.path("alg").asText("");
        if (key.has("alg")) {
            algorithms = algorithms.contains(bound) ? Set.of(bound) : Set.of();
        }
        return publicKey == null || algorithms.isEmpty() ? null : new VerificationKey(id, publicKey, algorithms);
    }

    private static boolean isForSignatures(JsonNode key) {
        JsonNode operations = key.get("key_ops");
        return (!key.has("use") || key.path("use").asText("").equals("sig"))
                && (operations == null
                        || StreamSupport.stream(operations.spliterator(), false)
                                .anyMatch(one -> one.asText("").equals("verify")));
    }

    private static @Nullable PublicKey publicKey(JsonNode key) {
        Map<String, Object> texts = new HashMap<>();
        // Only these, so that nothing else in the key matters: no certificate, no private part.
        for (String name : Set.of("kty", "n", "e", "crv", "x", "y")) {
            if (key.path(name).isTextual()) {
                texts.put(name, key.path(name).asText());
            }
        }
        try {
            return PublicJsonWebKey.Factory.newPublicJwk(texts).getPublicKey();
        } catch (JoseException | RuntimeException e) {
            // jose4j throws both for malformed members.
            return null;
        }
    }

    /** The algorithms that a key is good for; empty for a weak or malformed key. */
    private static Set<String> algorithms(PublicKey key) {
        if (key instanceof RSAPublicKey rsa) {
            return isStrong(rsa) ? RSA : Set.of();
        }
        if (key instanceof ECPublicKey ec) {
            return CurvePoints.isOnP256(ec) ? EC : Set.of();
        }
        return key instanceof EdECPublicKey ed && CurvePoints.isUsableEd25519(ed) ? ED : Set.of();
    }

    private static boolean isStrong(RSAPublicKey key) {
        int bits = key.getModulus().bitLength();
        return bits >= MIN_RSA_BITS
                && bits <= MAX_RSA_BITS
                && key.getModulus().testBit(0)
                && key.getPublicExponent().testBit(0)
                && key.getPublicExponent().bitLength() <= MAX_EXPONENT_BITS
                && key.getPublicExponent().compareTo(BigInteger.valueOf(MIN_EXPONENT)) >= 0;
    }
}
