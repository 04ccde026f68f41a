package dev.countersign.credential;

import dev.countersign.web.error.ApiException;
import io.quarkus.security.identity.SecurityIdentity;
import java.security.Principal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The credential behind a request.
 *
 * @param apiKeyId null for an operator
 * @param organizationId the only organization it may act on, or null for an operator
 * @param scopes as they were given, without what they imply
 * @param allowedOrigins from where browsers may use it
 */
public record Caller(
        @Nullable Long apiKeyId, @Nullable Long organizationId, List<String> scopes, AllowedOrigins allowedOrigins)
        implements Principal {

    /** The operator of the installation: every scope, every organization. */
    static final Caller OPERATOR = new Caller(null, null, Scope.ALL, AllowedOrigins.ANY);

    /** The caller of the current request. */
    public static Caller of(SecurityIdentity identity) {
        return (Caller) identity.getPrincipal();
    }

    /** {@code operator}, or {@code api-key:} and its id: what the audit trail keeps. */
    public String name() {
        return apiKeyId == null ? "operator" : "api-key:" + apiKeyId;
    }

    @Override
    public String getName() {
        return name();
    }

    /** Whether this is an operator: the superuser of this installation. */
    public boolean isOperator() {
        return organizationId == null;
    }

    /** Whether it was given a scope, or one that implies it. */
    public boolean has(String scope) {
        return Scope.expand(scopes).contains(scope);
    }

    /**
     * Asked once an organization is known to exist, as in Sentry: that order lets a caller see which organizations there
     * are.
     *
     * @throws ApiException.Forbidden where the credential belongs to another organization
     */
    public void requireOrganization(long id) {
        if (organizationId != null && organizationId != id) {
            throw new ApiException.Forbidden();
        }
    }
}
