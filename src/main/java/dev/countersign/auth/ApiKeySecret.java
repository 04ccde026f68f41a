package dev.countersign.auth;

import java.security.SecureRandom;
import java.util.Base64;
import java.util.regex.Pattern;

/** The secret text of an API key: {@code cs_} and 43 characters, 256 random bits. It has no string form. */
public final class ApiKeySecret {

    private static final String PREFIX = "cs_";
    private static final int RANDOM_BYTES = 32;
    private static final Pattern FORM = Pattern.compile(PREFIX + "[A-Za-z0-9_-]{43}");

    private final String text;
    private final byte[] hash;

    private ApiKeySecret(String text) {
        this.text = text;
        this.hash = Sha256.of(text);
    }

    /** A new one. */
    public static ApiKeySecret generate() {
        byte[] random = new byte[RANDOM_BYTES];
        new SecureRandom().nextBytes(random);
        return new ApiKeySecret(PREFIX + Base64.getUrlEncoder().withoutPadding().encodeToString(random));
    }

    /** One that a caller presents. */
    public static ApiKeySecret of(String text) {
        return new ApiKeySecret(text);
    }

    /** Whether it could be one: nothing else needs to be looked for. */
    boolean isWellFormed() {
        return FORM.matcher(text).matches();
    }

    /** The text, for the one answer that shows it. */
    public String reveal() {
        return text;
    }

    /** All that is stored. */
    public byte[] hash() {
        return hash.clone();
    }

    /** Hides the text. */
    @Override
    public String toString() {
        return PREFIX + "***";
    }
}
