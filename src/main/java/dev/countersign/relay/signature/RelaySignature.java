package dev.countersign.relay.signature;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.Signature;
import java.security.SignatureException;
import java.security.spec.EdDSAParameterSpec;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import org.jspecify.annotations.Nullable;

/**
 * Holds the header {@code X-Sentry-Relay-Signature}: {@code <signature>.<header>}, both base64url without padding. The signed
 * header is JSON: {@code t} is when the relay signed, {@code a} how. {@code v0}, also meant by an absent {@code a}, is
 * Ed25519, {@code v1} is Ed25519ph. Signed are the bytes of this header, a zero byte, and the body.
 */
public final class RelaySignature {

    static final String ALGORITHM = "Ed25519";

    private static final int LENGTH = 64;
    private static final String PREHASHED = "v1";
    private static final String PLAIN = "v0";
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private final byte[] signature;
    private final byte[] header;
    private final Instant time;
    private final boolean prehashed;

    private RelaySignature(byte[] signature, byte[] header, Instant time, boolean prehashed) {
        this.signature = signature;
        this.header = header;
        this.time = time;
        this.prehashed = prehashed;
    }

    /**
     * Finds the fault of a signature; null for a good one. A bad signature is told before a bad time.
     *
     * @param text the header {@code X-Sentry-Relay-Signature}
     * @param body the bytes of the request's body, as they were sent
     * @param key the public key of the relay that the request names
     * @param now the present time
     * @param maxAge the greatest age of the signature
     */
    public static @Nullable SignatureFault fault(String text, byte[] body, RelayKey key, Instant now, Duration maxAge) {
        RelaySignature parsed = parse(text);
        return parsed == null || !parsed.isOf(body, key)
                ? SignatureFault.BAD_SIGNATURE
                : SignedTime.fault(parsed.time, now, maxAge);
    }

    private static @Nullable RelaySignature parse(String text) {
        int dot = text.indexOf('.');
        byte[] signature = dot < 0 ? null : Base64Text.decode(text.substring(0, dot));
        byte[] header = dot < 0 ? null : Base64Text.decode(text.substring(dot + 1));
        if (signature == null || header == null || signature.length != LENGTH) {
            return null;
        }
        JsonNode members = members(header);
        Instant time = time(members.path("t"));
        JsonNode algorithm = members.path("a");
        boolean prehashed = PREHASHED.equals(algorithm.textValue());
        boolean plain = algorithm.isMissingNode() || algorithm.isNull() || PLAIN.equals(algorithm.textValue());
        return time == null || !(prehashed || plain) ? null : new RelaySignature(signature, header, time, prehashed);
    }

    private static JsonNode members(byte[] header) {
        try {
            return JSON.readTree(header);
        } catch (IOException e) {
            return JSON.missingNode(); // of broken UTF-32 Jackson says so with another exception than its own
        }
    }

    private static @Nullable Instant time(JsonNode time) {
        try {
            return time.isTextual() ? OffsetDateTime.parse(time.textValue()).toInstant() : null;
        } catch (DateTimeException e) {
            return null;
        }
    }

    private boolean isOf(byte[] body, RelayKey key) {
        try {
            Signature verifier = Signature.getInstance(ALGORITHM);
            if (prehashed) {
                verifier.setParameter(new EdDSAParameterSpec(true));
            }
            verifier.initVerify(key.key());
            verifier.update(header);
            verifier.update((byte) 0);
            verifier.update(body);
            return verifier.verify(signature);
        } catch (SignatureException e) {
            return false;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e); // the JDK has Ed25519, and RelayKey has checked the key
        }
    }
}
