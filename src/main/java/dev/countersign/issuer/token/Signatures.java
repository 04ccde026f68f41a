package dev.countersign.issuer.token;

import dev.countersign.issuer.key.VerificationKey;
import java.nio.charset.StandardCharsets;
import java.security.interfaces.RSAKey;
import java.util.Base64;
import java.util.Map;
import org.jose4j.jca.ProviderContext;
import org.jose4j.jws.EcdsaUsingShaAlgorithm;
import org.jose4j.jws.EdDsaAlgorithm;
import org.jose4j.jws.JsonWebSignatureAlgorithm;
import org.jose4j.jws.RsaUsingShaAlgorithm;
import org.jose4j.lang.JoseException;

/**
 * Static helper: checks the signature of a token by a key of its issuer. Uses the four algorithms of jose4j directly: its entry for
 * whole tokens would prepare every algorithm there is at the first token, encryption too, and parse the header a second time.
 */
public final class Signatures {

    private static final Map<String, JsonWebSignatureAlgorithm> ALGORITHMS = Map.of(
            "RS256", new RsaUsingShaAlgorithm.RsaSha256(),
            "PS256", new RsaUsingShaAlgorithm.RsaPssSha256(),
            "ES256", new EcdsaUsingShaAlgorithm.EcdsaP256UsingSha256(),
            "EdDSA", new EdDsaAlgorithm());

    private static final ProviderContext DEFAULT_PROVIDERS = new ProviderContext();

    /** The check with a longer RSA key takes more than a tenth of a millisecond. */
    private static final int MAX_QUICK_RSA_BITS = 4096;

    /** The bytes of a signature with ES256: two numbers. */
    private static final int ES256_BYTES = 64;

    private Signatures() {}

    /** Whether a check with a key takes less than a tenth of a millisecond, so that an event loop may do it. */
    public static boolean isQuick(VerificationKey key) {
        return key.key() instanceof RSAKey rsa && rsa.getModulus().bitLength() <= MAX_QUICK_RSA_BITS;
    }

    /**
     * Whether the signature is that of a key. The key says which algorithms are allowed, and the token must name one of them.
     * Takes a tenth of a millisecond of the caller's processor with RSA, up to one with the others.
     */
    public static boolean isSignedBy(VerificationKey key, UnverifiedToken token) {
        JsonWebSignatureAlgorithm algorithm =
                key.algorithms().contains(token.algorithm()) ? ALGORITHMS.get(token.algorithm()) : null;
        int end = token.text().lastIndexOf('.');
        try {
            byte[] signature = Base64.getUrlDecoder().decode(token.text().substring(end + 1));
            return algorithm != null
                    && (!token.algorithm().equals("ES256") || signature.length == ES256_BYTES)
                    && algorithm.verifySignature(
                            signature,
                            key.key(),
                            token.text().substring(0, end).getBytes(StandardCharsets.US_ASCII),
                            DEFAULT_PROVIDERS);
        } catch (JoseException | IllegalArgumentException e) {
            return false; // not in the form of a signature
        }
    }
}
