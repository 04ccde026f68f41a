package dev.countersign.credential;

import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.security.runtime.QuarkusSecurityIdentity;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Describes a known API key or token without its secret: its caller, and whether and until when requests may use the
 * credential. {@link CredentialProvider} caches it.
 *
 * @param active false for a disabled credential, which no request may use
 * @param expires when the credential ends, or null for never
 * @param subjects the {@link dev.countersign.announcement.ChangeSubject}s whose changes invalidate the cached
 *     credential; null for a credential that is not cached here
 */
public record Credential(
        SecurityIdentity identity,
        boolean active,
        @Nullable Instant expires,
        @Nullable List<String> subjects) {

    /**
     * Makes the credential of a caller.
     *
     * @param active false for a disabled credential, which no request may use
     * @param expires when the credential ends, or null for never
     * @param subjects the {@link dev.countersign.announcement.ChangeSubject}s whose changes invalidate the cached
     *     credential
     */
    public static Credential of(Caller caller, boolean active, @Nullable Instant expires, List<String> subjects) {
        var identity = QuarkusSecurityIdentity.builder().setPrincipal(caller);
        Scope.expand(caller.scopes()).forEach(identity::addPermissionAsString);
        return new Credential(identity.build(), active, expires, subjects);
    }

    /** Makes a credential that is active, has no end, and stays cached while the process runs. */
    public static Credential ofProcess(Caller caller) {
        return of(caller, true, null, List.of());
    }

    /** Makes a credential that {@link CredentialProvider} does not cache, because its source remembers more of it. */
    public static Credential ofRemembered(Caller caller) {
        return new Credential(of(caller, true, null, List.of()).identity(), true, null, null);
    }

    /**
     * The identity of a request that presents this credential.
     *
     * @param time when the request is authenticated
     * @throws AuthenticationFailedException where the credential is disabled, or ended at or before this time
     */
    SecurityIdentity identityAt(Instant time) {
        if (!active) {
            throw new AuthenticationFailedException("Key is disabled");
        }
        if (expires != null && !expires.isAfter(time)) {
            throw new AuthenticationFailedException("Token expired");
        }
        return identity;
    }
}
