package dev.countersign.credential;

import io.smallrye.mutiny.Uni;

/** Finds the credentials of one kind, such as API keys. */
public interface CredentialSource {

    /**
     * Whether a secret has the form of this kind; must not do a look-up. Only the first source that answers true is
     * asked for the credential.
     */
    boolean recognizes(Secret secret);

    /** Finds the credential of a secret that this source recognizes, or null where no credential has this secret. */
    Uni<Credential> find(Secret secret);

    /** Records that a caller was authenticated. Every source receives every caller and handles its own kind. */
    default void noteUse(Caller caller) {}
}
