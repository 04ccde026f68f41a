package dev.countersign.apikey;

import dev.countersign.credential.Secret;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.regex.Pattern;

/**
 * Static helper: generates the secrets of API keys, and recognizes their form: {@code cs_} and 43 characters, which hold 256
 * random bits.
 */
public final class ApiKeySecret {

    /** What the secret of every API key begins with. */
    public static final String PREFIX = "cs_";

    private static final int RANDOM_BYTES = 32;
    private static final Pattern FORM = Pattern.compile(PREFIX + "[A-Za-z0-9_-]{43}");

    private ApiKeySecret() {}

    /** Generates a random secret. */
    public static Secret generate() {
        byte[] random = new byte[RANDOM_BYTES];
        new SecureRandom().nextBytes(random);
        return Secret.of(PREFIX + Base64.getUrlEncoder().withoutPadding().encodeToString(random));
    }

    /** Whether a secret has the form of an API key. A secret of any other form needs no look-up. */
    public static boolean isWellFormed(Secret secret) {
        return FORM.matcher(secret.reveal()).matches();
    }
}
