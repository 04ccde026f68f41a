package dev.countersign.projectkey.store;

import dev.countersign.web.contract.Schemas;
import dev.countersign.web.member.RequestFields;
import dev.countersign.web.member.TextRule;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The members of a new client key that never change: the public and the secret key, of 32 lower-case hexadecimal digits
 * each, and the use case. The label is only the first label of the key.
 */
@Schemas("""
        ProjectKeyCreate:
          like: keyMembers
          properties:
            name:
            rateLimit:
            public: {type: [string, "null"], pattern: "^[a-f0-9]{32}$", description: Generated where it is left out.}
            secret: {type: [string, "null"], pattern: "^[a-f0-9]{32}$", description: Generated where it is left out.}
            useCase: {type: string, enum: [user, profiling, tempest, demo], description: Honoured for operators.}
          examples: [{name: Fabulous Key, rateLimit: {window: 7200, count: 1000}}]
        """)
public record KeyIdentity(String label, String publicKey, String secretKey, String useCase) {

    public static final TextRule NAME =
            TextRule.upTo(KeyIdentity.MAX_LABEL_LENGTH).nullable().blank();

    private static final int MAX_LABEL_LENGTH = 64;
    private static final int KEY_BYTES = 16;
    private static final TextRule KEY = TextRule.upTo(Integer.MAX_VALUE)
            .matching(Pattern.compile("[a-f0-9]{32}"), "This value does not match the required pattern.")
            .nullable();
    private static final Set<String> USE_CASES = Set.of("user", "profiling", "tempest", "demo");

    /**
     * Reads the identity of a new key, and generates members that were not sent. A client may send both keys, so that a
     * DSN from another system stays valid.
     *
     * @param operator whether the caller is the operator; only the operator may set a use case other than {@code user}
     */
    public static KeyIdentity read(RequestFields fields, boolean operator) {
        String label = fields.text("name", NAME).or("");
        String publicKey = fields.text("public", KEY).or("");
        String secretKey = fields.text("secret", KEY).or("");
        String useCase = fields.choice("useCase", USE_CASES).or(ProjectKey.DEFAULT_USE_CASE);
        return new KeyIdentity(
                label.isEmpty() ? KeyLabel.generate() : label,
                publicKey.isEmpty() ? generate() : publicKey,
                secretKey.isEmpty() ? generate() : secretKey,
                operator ? useCase : ProjectKey.DEFAULT_USE_CASE);
    }

    /** Generates an identity with this label. */
    public static KeyIdentity withLabel(String label) {
        return new KeyIdentity(label, generate(), generate(), ProjectKey.DEFAULT_USE_CASE);
    }

    private static String generate() {
        byte[] random = new byte[KEY_BYTES];
        new SecureRandom().nextBytes(random);
        return HexFormat.of().formatHex(random);
    }

    /** Leaves the secret key out. */
    @Override
    public String toString() {
        return publicKey;
    }
}
