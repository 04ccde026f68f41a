package dev.countersign.credential;

import dev.countersign.crypto.HashKey;
import dev.countersign.crypto.Sha256;

/**
 * Holds the secret text of an API key or token, and computes its SHA-256. Only the SHA-256 is stored, and {@code
 * toString} hides the text.
 */
public final class Secret {

    private final String text;
    private final byte[] hash;

    private Secret(String text) {
        this.text = text;
        this.hash = Sha256.of(text);
    }

    /** Wraps a text that a caller presented or that was just generated. */
    public static Secret of(String text) {
        return new Secret(text);
    }

    /** The text, for the one answer that shows it. */
    public String reveal() {
        return text;
    }

    /** The SHA-256 of the text: 32 bytes. A slow hash would add no protection, because secret texts are random. */
    public byte[] hash() {
        return hash.clone();
    }

    /** The SHA-256 of the text, to find in memory what belongs to the secret. */
    public HashKey hashKey() {
        return HashKey.of(hash);
    }

    /** Hides the text. */
    @Override
    public String toString() {
        return "***";
    }
}
