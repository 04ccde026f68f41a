package dev.countersign.issuer.key;

import java.security.PublicKey;
import java.util.Set;

/**
 * Holds a public key of an issuer.
 *
 * @param id the {@code kid} by which tokens name the key
 * @param key the key: RSA, P-256 or Ed25519
 * @param algorithms the values of {@code alg} that a token with this key may have
 */
public record VerificationKey(String id, PublicKey key, Set<String> algorithms) {}
