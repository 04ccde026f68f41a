package dev.countersign.credential;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** The secret text of a credential. The SHA-256 of the text is all that is ever stored; {@code toString} hides the text. */
public final class Secret {

    private final String text;
    private final byte[] hash;

    private Secret(String text) {
        this.text = text;
        this.hash = sha256(text);
    }

    /** A text that a caller presents, or that was just made at random. */
    public static Secret of(String text) {
        return new Secret(text);
    }

    /** The 32 bytes of a text. Secret texts are random, so that a slow hash would protect nothing more. */
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
