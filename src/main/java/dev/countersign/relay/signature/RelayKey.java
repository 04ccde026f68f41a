package dev.countersign.relay.signature;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Holds the public key of a relay: 32 bytes of Ed25519, which are 43 characters of base64url without padding as a text. Two
 * keys are equal if their texts are.
 */
public final class RelayKey {

    private static final int LENGTH = 32;

    /** What stands before the 32 bytes of every Ed25519 key in the encoding of X.509. */
    private static final byte[] ENCODING = {0x30, 0x2a, 0x30, 0x05, 0x06, 0x03, 0x2b, 0x65, 0x70, 0x03, 0x21, 0x00};

    /** The points of small order in hexadecimal, without the sign. A signature of such a key is easily forged; zeros are one. */
    private static final Set<String> SMALL_ORDER = Set.of(
            "0000000000000000000000000000000000000000000000000000000000000000",
            "0100000000000000000000000000000000000000000000000000000000000000",
            "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05",
            "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a",
            "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f");

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
        if (hasSmallOrder(bytes)) {
            throw new IllegalArgumentException("is a public key for which anyone can sign");
        }
        byte[] encoded = Arrays.copyOf(ENCODING, ENCODING.length + LENGTH);
        System.arraycopy(bytes, 0, encoded, ENCODING.length, LENGTH);
        try {
            PublicKey key =
                    KeyFactory.getInstance(RelaySignature.ALGORITHM).generatePublic(new X509EncodedKeySpec(encoded));
            Signature.getInstance(RelaySignature.ALGORITHM)
                    .initVerify(key); // refuses bytes that are no point of the curve
            return new RelayKey(text, key);
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException("is no public key of Ed25519", e);
        }
    }

    private static boolean hasSmallOrder(byte[] bytes) {
        byte[] unsigned = bytes.clone();
        unsigned[LENGTH - 1] &= 0x7f;
        return SMALL_ORDER.contains(HexFormat.of().formatHex(unsigned));
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
