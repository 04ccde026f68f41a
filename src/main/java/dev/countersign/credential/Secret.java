package dev.countersign.credential;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * Holds the secret text of an API key or token, and computes its SHA-256. Only the SHA-256 is stored, and {@code
 * toString} hides the text.
 */
public final class Secret {

    private final String text;
    private final byte[] hash;

    private Secret(String text) {
        this.text = text;
        this.hash = sha256(text);
    }

    /** Wraps a text that a caller presented or that was just generated. */
    public static Secret of(String text) {
        return new Secret(text);
    }

    /** The SHA-256 of a text: 32 bytes. A slow hash would add no protection, because secret texts are random. */
    public static byte[] sha256(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }

    /** The text, for the one answer that shows it. */
    public String reveal() {
        return text;
    }

    /** The SHA-256 of the text: 32 bytes. */
    public byte[] hash() {
        return hash.clone();
    }

    /** Hides the text. */
    @Override
    public String toString() {
        return "***";
    }
}
