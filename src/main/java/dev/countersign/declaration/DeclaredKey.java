package dev.countersign.declaration;

import dev.countersign.web.member.Member;
import org.jspecify.annotations.Nullable;

/**
 * Holds what a document declares of a client key. Its public key identifies it where declared, otherwise its name and use case.
 *
 * @param name the name, or null where only the public key is declared
 * @param publicKey the public key, or absent
 * @param secretKey the secret key, or absent
 * @param useCase the use case, or absent
 */
public record DeclaredKey(
        Declared own,
        @Nullable String name,
        Member<String> publicKey,
        Member<String> secretKey,
        Member<String> useCase) {

    /** The name, otherwise the public key: what a plan calls the key. */
    public String title() {
        return name != null ? name : publicKey.or("");
    }

    /** Leaves the secret key out. */
    @Override
    public String toString() {
        return title();
    }
}
