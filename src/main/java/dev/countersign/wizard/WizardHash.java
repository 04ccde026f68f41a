package dev.countersign.wizard;

import dev.countersign.crypto.Sha256;
import dev.countersign.web.error.ApiException;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.regex.Pattern;

/**
 * Generates and holds the secret hash that identifies a waiting wizard and its hand-over: 64 hexadecimal digits, which
 * hold 256 random bits. {@code toString} does not show the digits.
 */
final class WizardHash {

    private static final Pattern FORM = Pattern.compile("[0-9a-f]{64}");
    private static final int RANDOM_BYTES = 32;

    private final String text;

    private WizardHash(String text) {
        this.text = text;
    }

    /** Generates a random hash. */
    static WizardHash generate() {
        byte[] random = new byte[RANDOM_BYTES];
        new SecureRandom().nextBytes(random);
        return new WizardHash(HexFormat.of().formatHex(random));
    }

    /**
     * Reads the hash of a path.
     *
     * @throws ApiException.NotFound where the text does not have the form of a hash
     */
    static WizardHash of(String text) {
        if (!FORM.matcher(text).matches()) {
            throw ApiException.NotFound.of("hash");
        }
        return new WizardHash(text);
    }

    /** The text, for the one answer that shows it. */
    String reveal() {
        return text;
    }

    /** The SHA-256 of the hash in hexadecimal digits. The database stores only this digest. */
    String digest() {
        return HexFormat.of().formatHex(Sha256.of(text));
    }
}
