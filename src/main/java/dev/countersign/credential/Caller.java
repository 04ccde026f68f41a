package dev.countersign.credential;

import dev.countersign.web.error.ApiException;
import java.security.Principal;
import java.util.List;
import java.util.function.LongFunction;
import java.util.function.Supplier;

/**
 * Whoever sends a request. The kinds of callers are a closed set: whoever adds one says here which organizations the new
 * kind may act on.
 *
 * <p>A REST method takes its caller as a parameter: {@code @HeaderParam(AUTHORIZATION) Caller caller}.
 */
public sealed interface Caller extends Principal {

    /** The name that the audit trail keeps, for example {@code operator} or {@code api-key:7}. */
    String name();

    /** The organizations that the caller may act on. */
    Reach reach();

    /** The scopes that the caller was given, without the scopes that these imply. */
    List<String> scopes();

    /** The origins from which browsers may use the credential. */
    AllowedOrigins allowedOrigins();

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
     * Asked once an organization is known to exist, as in Sentry: that order lets a caller see which organizations there
     * are.
     *
     * @throws ApiException.Forbidden where the caller may not act on this organization
     */
    default void requireOrganization(long id) {
        if (!reach().includes(id)) {
            throw new ApiException.Forbidden();
        }
    }

    /** The operator of the installation: every scope, every organization. */
    record Operator() implements Caller {

        @Override
        public String name() {
            return "operator";
        }

        @Override
        public Reach reach() {
            return Reach.EVERY_ORGANIZATION;
        }

        @Override
        public List<String> scopes() {
            return Scope.ALL;
        }

        @Override
        public AllowedOrigins allowedOrigins() {
            return AllowedOrigins.ANY;
        }
    }

    /**
     * An API key of an organization.
     *
     * @param id of the key
     */
    record ApiKey(long id, long organizationId, List<String> scopes, AllowedOrigins allowedOrigins) implements Caller {

        @Override
        public String name() {
            return "api-key:" + id;
        }

        @Override
        public Reach reach() {
            return Reach.of(organizationId);
        }
    }

    /**
     * The organizations that a caller may act on: every one, or a single one. There is no null and no default between the
     * two: whoever builds a query from a reach has to say both conditions, or the code does not compile.
     */
    sealed interface Reach {

        /** Every organization of the installation. */
        Reach EVERY_ORGANIZATION = new Every();

        /** A single organization. */
        static Reach of(long organizationId) {
            return new Single(organizationId);
        }

        /** Whether an organization is one of these. */
        boolean includes(long organizationId);

        /**
         * An answer that depends on the reach.
         *
         * @param every for every organization
         * @param single for a single organization, by its id
         */
        <T> T choose(Supplier<T> every, LongFunction<T> single);

        /** See {@link Reach#EVERY_ORGANIZATION}. */
        record Every() implements Reach {

            @Override
            public boolean includes(long organizationId) {
                return true;
            }

            @Override
            public <T> T choose(Supplier<T> every, LongFunction<T> single) {
                return every.get();
            }
        }

        /** See {@link Reach#of}. */
        record Single(long id) implements Reach {

            @Override
            public boolean includes(long organizationId) {
                return id == organizationId;
            }

            @Override
            public <T> T choose(Supplier<T> every, LongFunction<T> single) {
                return single.apply(id);
            }
        }
    }
}
