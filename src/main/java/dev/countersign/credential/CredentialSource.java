package dev.countersign.credential;

import io.smallrye.mutiny.Uni;

/** A kind of credential: tells which secrets could be of this kind, and finds whose they are. */
public interface CredentialSource {

    /** Whether a secret could be of this kind, without any look-up. The first source that says so is asked. */
    boolean recognizes(Secret secret);

    /** The credential with a secret that this source recognizes, or null where nobody has the secret. */
    Uni<Credential> find(Secret secret);

    /** Notes that a caller was let in; each source picks its own callers. */
    default void noteUse(Caller caller) {}
}
