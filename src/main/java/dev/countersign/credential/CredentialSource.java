package dev.countersign.credential;

import io.smallrye.mutiny.Uni;

/**
 * Interface: finds the credentials of one kind, such as API keys, by the secret that a request presents, and notes each use.
 * Every bean that implements this interface is found automatically.
 *
 * <p>The sources are asked in the order of their {@code @Priority}, the highest number first; a source without one is
 * asked last. Only the first source that recognizes a secret is asked for its credential. A source that compares the
 * whole secret stands before one that knows only the form, because a configured token may have the form of an API key.
 */
public interface CredentialSource {

    /** The {@code @Priority} of a source that compares the whole secret, such as a token from the configuration. */
    int BEFORE_STORED = 1;

    /** The {@code @Priority} of a source that knows the form of a secret only roughly, and is asked last. */
    int LAST = -1;

    /** Whether a secret is of this kind, by its text alone; must not do a look-up. */
    boolean recognizes(Secret secret);

    /** Whether a secret of this kind counts only in {@code Authorization: Bearer}, not as a user name of {@code Basic}. */
    default boolean isForBearerOnly() {
        return false;
    }

    /** Finds the credential of a secret that this source recognizes, or null where no credential has this secret. */
    Uni<Credential> find(Secret secret);

    /** Records that a caller was authenticated. Every source receives every caller and handles its own kind. */
    default void noteUse(Caller caller) {}
}
