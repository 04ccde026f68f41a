package dev.countersign.wizard;

import dev.countersign.credential.Secret;
import dev.countersign.web.error.ApiException;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.regex.Pattern;

/** What stands for one hand-over: 64 hexadecimal digits, 256 random bits. It has no string form. */
final class WizardHash {

    private static final Pattern FORM = Pattern.compile("[0-9a-f]{64}");
    private static final int RANDOM_BYTES = 32;

    private final String text;

    private WizardHash(String text) {
        this.text = text;
    }

    /** A new one. */
    static WizardHash generate() {
        byte[] random = new byte[RANDOM_BYTES];
        new SecureRandom().nextBytes(random);
        return new WizardHash(HexFormat.of().formatHex(random));
    }

    /**
     * One that stands in a path.
     *
     * @throws ApiException.NotFound where none ever looked like it
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

    /** What is stored, in hexadecimal digits. */
    String digest() {
        return HexFormat.of().formatHex(Secret.sha256(text));
    }
}
