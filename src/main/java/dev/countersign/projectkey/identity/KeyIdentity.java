package dev.countersign.projectkey.identity;

import dev.countersign.web.contract.Schemas;
import dev.countersign.web.member.Member;
import dev.countersign.web.member.RequestFields;
import dev.countersign.web.member.TextRule;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Generates, or reads from a request, the members of a new client key that never change: public key, secret key and use
 * case. Both keys have 32 lower-case hexadecimal digits. The label is only the first label of the key.
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

    /** The name of the member that sets the use case of a key. */
    public static final String USE_CASE = "useCase";

    /** The use case of a key for which no operator sets another. */
    public static final String DEFAULT_USE_CASE = "user";

    /** The rule for a name that must be there, such as in a path. */
    public static final TextRule REQUIRED_NAME = TextRule.upTo(64);

    /** The rule for the member {@code name}; null and the empty text count as absent. */
    public static final TextRule NAME = REQUIRED_NAME.nullable().blank();

    /** The rule for a public or a secret key that a client brings along. */
    public static final TextRule KEY = TextRule.upTo(Integer.MAX_VALUE)
            .matching(Pattern.compile("[a-f0-9]{32}"), "This value does not match the required pattern.")
            .nullable();

    private static final KeyGenerator PUBLIC_KEYS = new KeyGenerator();
    private static final KeyGenerator SECRET_KEYS = new KeyGenerator();
    private static final Set<String> USE_CASES = Set.of("user", "profiling", "tempest", "demo");

    /**
     * Reads these members of a new key, and generates members that were not sent. A client may send both keys, so that a
     * DSN from another system stays valid.
     *
     * @param operator whether the caller is the operator; only the operator may set a use case other than {@code user}
     */
    public static KeyIdentity read(RequestFields fields, boolean operator) {
        String label = fields.text("name", NAME).or("");
        Member<String> publicKey = fields.text("public", KEY);
        Member<String> secretKey = fields.text("secret", KEY);
        String useCase = readUseCase(fields).or(DEFAULT_USE_CASE);
        return new KeyIdentity(
                label.isEmpty() ? KeyLabel.generate() : label,
                sentOr(PUBLIC_KEYS, publicKey),
                sentOr(SECRET_KEYS, secretKey),
                operator ? useCase : DEFAULT_USE_CASE);
    }

    /** Reads the use case of a new key, which is absent unless sent. */
    public static Member<String> readUseCase(RequestFields fields) {
        return fields.choice(USE_CASE, USE_CASES);
    }

    /** The same identity with another use case. */
    public KeyIdentity withUseCase(String other) {
        return new KeyIdentity(label, publicKey, secretKey, other);
    }

    /** Generates the keys of a client key with this label. */
    public static KeyIdentity withLabel(String label) {
        return named(label, Member.absent(), Member.absent());
    }

    /** Makes the identity of a key with this label. Generates the keys that a client did not send. */
    public static KeyIdentity named(String label, Member<String> publicKey, Member<String> secretKey) {
        return new KeyIdentity(label, sentOr(PUBLIC_KEYS, publicKey), sentOr(SECRET_KEYS, secretKey), DEFAULT_USE_CASE);
    }

    /** Makes the identity of a key with a generated label. Generates the keys that a client did not send. */
    public static KeyIdentity unnamed(Member<String> publicKey, Member<String> secretKey) {
        return named(KeyLabel.generate(), publicKey, secretKey);
    }

    private static String sentOr(KeyGenerator generator, Member<String> key) {
        return key.value() == null ? generator.generate() : key.value();
    }

    /** Leaves the secret key out. */
    @Override
    public String toString() {
        return publicKey;
    }
}
