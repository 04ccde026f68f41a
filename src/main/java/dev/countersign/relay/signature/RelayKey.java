package dev.countersign.relay.signature;

import dev.countersign.crypto.CurvePoints;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.interfaces.EdECPublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Holds the public key of a relay: 32 bytes of Ed25519, which are 43 characters of base64url without padding as a text. Two
 * keys are equal if their texts are.
 */
public final class RelayKey {

    private static final int LENGTH = 32;

    /** What stands before the 32 bytes of every Ed25519 key in the encoding of X.509. */
    private static final byte[] ENCODING = {0x30, 0x2a, 0x30, 0x05, 0x06, 0x03, 0x2b, 0x65, 0x70, 0x03, 0x21, 0x00};

    private final String text;
    private final PublicKey key;

    private RelayKey(String text, PublicKey key) {
        this.text = text;
        this.key = key;
    }

    /**
     * Reads the text of a key.
     *
     * @throws IllegalArgumentException for any other text; the message continues a sentence about the text
     */
    public static RelayKey require(String text) {
        byte[] bytes = Base64Text.decode(text);
        if (bytes == null || bytes.length != LENGTH) {
            throw new IllegalArgumentException("is not 32 bytes in base64url without padding");
        }
        byte[] encoded = Arrays.copyOf(ENCODING, ENCODING.length + LENGTH);
        System.arraycopy(bytes, 0, encoded, ENCODING.length, LENGTH);
        EdECPublicKey key = decode(encoded);
        if (!CurvePoints.isUsableEd25519(key)) {
            throw new IllegalArgumentException("is a public key for which anyone can sign");
        }
        return new RelayKey(text, key);
    }

    private static EdECPublicKey decode(byte[] encoded) {
        try {
            PublicKey key =
                    KeyFactory.getInstance(RelaySignature.ALGORITHM).generatePublic(new X509EncodedKeySpec(encoded));
            Signature.getInstance(RelaySignature.ALGORITHM)
                    .initVerify(key); // refuses bytes that are no point of the curve
            return (EdECPublicKey) key;
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException("is no public key of Ed25519", e);
        }
    }

    PublicKey key() {
        return key;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof RelayKey relayKey && relayKey.text.equals(text);
    }

    @Override
    public int hashCode() {
        return text.hashCode();
    }

    /** The text of the key. */
    @Override
    public String toString() {
        return text;
    }
}
