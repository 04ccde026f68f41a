package dev.countersign.credential;

import dev.countersign.web.error.ApiException;
import java.security.Principal;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Interface: identifies the authenticated sender of a request, and states which organizations the sender may act on. The kinds
 * of callers are a closed set.
 *
 * <p>A REST method receives its caller as a parameter: {@code @HeaderParam(AUTHENTICATED) Caller caller}.
 */
public sealed interface Caller extends Principal {

    /** The name that the audit trail stores, for example {@code operator} or {@code api-key:7}. */
    String name();

    /**
     * Identifies the caller, for what the service counts and remembers for each caller. All operator tokens are one caller, and so is
     * an API key before and after its rotation.
     */
    default String identity() {
        return name();
    }

    /** The organizations that the caller may act on. */
    Reach reach();

    /** The scopes that the caller was given, without the scopes that these imply. */
    List<String> scopes();

    /** The origins from which browsers may use the credential. */
    AllowedOrigins allowedOrigins();

    /**
     * The SHA-256 of the API key that sent the request, in hexadecimal digits; null for a caller of another kind.
     *
     * <p>What an API key approves for later ends as soon as this key may no longer approve it: removed, disabled,
     * expired, rotated, or without the scope. What a caller without a row in {@code api_key} approves ends only with its
     * time.
     */
    @Nullable
    String apiKeyHash();

    @Override
    default String getName() {
        return name();
    }

    /** Whether this is the operator: the superuser of this installation. */
    default boolean isOperator() {
        return this instanceof Operator;
    }

    /** Whether the caller was given a scope, or one that implies it. */
    default boolean has(String scope) {
        return Scope.expand(scopes()).contains(scope);
    }

    /**
     * Checks that the caller may act on an organization. Code calls this method after it has found the organization, as
     * Sentry does. A caller can therefore tell an existing organization from a missing one.
     *
     * @throws ApiException.Forbidden where the caller may not act on this organization
     */
    default void requireOrganization(long id) {
        if (!reach().includes(id)) {
            throw new ApiException.Forbidden();
        }
    }

    /** The scopes that the caller may give to API keys, which outlive the caller's own credential; null for every scope. */
    default @Nullable Set<String> givableScopes() {
        return null;
    }

    /** Checks that the caller may give these scopes to an API key; throws {@link ApiException.Forbidden} where it may not. */
    default void requireMayGive(Collection<String> scopes) {
        Set<String> givable = givableScopes();
        if (givable != null && !givable.containsAll(scopes)) {
            throw new ApiException.Forbidden(
                    "A token of an issuer makes and changes API keys only with scopes of its own grant.");
        }
    }

    /** Interface: a caller who has every scope and every organization, and no API key. */
    sealed interface OfInstallation extends Caller {

        @Override
        default Reach reach() {
            return Reach.EVERY_ORGANIZATION;
        }

        @Override
        default List<String> scopes() {
            return Scope.ALL;
        }

        @Override
        default AllowedOrigins allowedOrigins() {
            return AllowedOrigins.ANY;
        }

        @Override
        default @Nullable String apiKeyHash() {
            return null;
        }
    }

    /** Stands for the operator of the installation. */
    record Operator() implements OfInstallation {

        @Override
        public String name() {
            return "operator";
        }
    }

    /** Stands for a command that the operator runs on documents or exports; the name is such as {@code apply:acme.yaml}. */
    record Command(String name) implements OfInstallation {

        /** What the column of the audit log holds, in characters. */
        private static final int MAX_LENGTH = 80;

        /** Names a command and its file; a long name is cut. */
        public static Command of(String command, String file) {
            String name = command + ":" + file;
            int length = name.codePointCount(0, name.length());
            return new Command(length <= MAX_LENGTH ? name : name.substring(0, name.offsetByCodePoints(0, MAX_LENGTH)));
        }
    }

    /**
     * Stands for a token of a configured issuer, such as that of a Kubernetes service account.
     *
     * @param issuer the name of the issuer in the configuration, without a colon
     * @param subject the member {@code sub} of the token
     */
    record Issued(String issuer, String subject, long organizationId, List<String> scopes) implements Caller {

        @Override
        public String name() {
            return issuer + ":" + subject;
        }

        /** The same for a token that is issued again. One subject may have grants in several organizations. */
        @Override
        public String identity() {
            return issuer + ":" + organizationId + ":" + subject;
        }

        @Override
        public Reach reach() {
            return Reach.of(organizationId);
        }

        @Override
        public AllowedOrigins allowedOrigins() {
            return AllowedOrigins.ANY;
        }

        @Override
        public @Nullable String apiKeyHash() {
            return null;
        }

        @Override
        public Set<String> givableScopes() {
            return Scope.expand(scopes);
        }
    }

    /**
     * Stands for an API key of one organization.
     *
     * @param id the id of the key
     */
    record ApiKey(long id, long organizationId, List<String> scopes, AllowedOrigins allowedOrigins, String apiKeyHash)
            implements Caller {

        @Override
        public String name() {
            return "api-key:" + id;
        }

        @Override
        public Reach reach() {
            return Reach.of(organizationId);
        }

        /** The name, without the hash. */
        @Override
        public String toString() {
            return name();
        }
    }
}
