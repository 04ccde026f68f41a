package dev.countersign.credential;

import dev.countersign.announcement.Subject;
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

    /** The operator token: as long as the process lives. */
    public static final Credential OPERATOR = new Credential(identify(Caller.OPERATOR), true, null, List.of());

    /** An API key: what is kept of it, as its columns have it. */
    public static Credential of(
            long id,
            long organizationId,
            List<String> scopes,
            boolean active,
            List<String> allowedOrigins,
            @Nullable Instant expires) {
        Caller caller = new Caller(id, organizationId, scopes, new AllowedOrigins(allowedOrigins));
        List<String> subjects = List.of(Subject.apiKey(id), Subject.organization(organizationId));
        return new Credential(identify(caller), active, expires, subjects);
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

    private static SecurityIdentity identify(Caller caller) {
        var builder = QuarkusSecurityIdentity.builder().setPrincipal(caller);
        Scope.expand(caller.scopes()).forEach(builder::addPermissionAsString);
        return builder.build();
    }
}
