package dev.countersign.credential;

import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.security.runtime.QuarkusSecurityIdentity;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a credential that somebody has: of it, and not of its secret.
 *
 * @param active whether it is good for anything
 * @param expires when it ends, or null for never
 * @param subjects what it was read from
 */
public record Credential(
        SecurityIdentity identity, boolean active, @Nullable Instant expires, List<String> subjects) {

    /**
     * The credential of a caller.
     *
     * @param active whether it is good for anything
     * @param expires when it ends, or null for never
     * @param subjects what it was read from, so that a change of one of them has it read anew
     */
    public static Credential of(Caller caller, boolean active, @Nullable Instant expires, List<String> subjects) {
        var identity = QuarkusSecurityIdentity.builder().setPrincipal(caller);
        Scope.expand(caller.scopes()).forEach(identity::addPermissionAsString);
        return new Credential(identity.build(), active, expires, subjects);
    }

    /** The credential of a caller for as long as the process lives. */
    public static Credential ofProcess(Caller caller) {
        return of(caller, true, null, List.of());
    }

    /**
     * The identity of a request that comes with it.
     *
     * @throws AuthenticationFailedException where it is disabled, or ended before that time
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
