package dev.countersign.credential;

import io.quarkus.security.identity.CurrentIdentityAssociation;
import io.quarkus.security.identity.SecurityIdentity;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import jakarta.ws.rs.ext.ParamConverter;
import jakarta.ws.rs.ext.ParamConverterProvider;
import jakarta.ws.rs.ext.Provider;
import java.lang.annotation.Annotation;
import java.lang.reflect.Type;
import org.jspecify.annotations.Nullable;

/**
 * Hands the caller to REST methods that have a parameter {@code @HeaderParam(AUTHORIZATION) Caller caller}. The method must
 * ask for a permission or be {@code @Authenticated}: by then {@link CredentialMechanism} has read the header, and the
 * parameter costs no look-up.
 */
@Provider
@Singleton
public class CallerProvider implements ParamConverterProvider {

    private final CurrentIdentityAssociation identities;

    CallerProvider(CurrentIdentityAssociation identities) {
        this.identities = identities;
    }

    @Override
    @SuppressWarnings("unchecked")
    public <T> @Nullable ParamConverter<T> getConverter(Class<T> rawType, Type genericType, Annotation[] annotations) {
        return rawType == Caller.class ? (ParamConverter<T>) new CallerConverter(identities) : null;
    }

    /** The caller where a method is open to everyone: null without a credential. Fails where the credential is bad. */
    public Uni<@Nullable Caller> find() {
        return identities
                .getDeferredIdentity()
                .map(identity -> identity.isAnonymous() ? null : CallerProvider.caller(identity));
    }

    static Caller caller(SecurityIdentity identity) {
        return (Caller) identity.getPrincipal();
    }

    /** Leaves the text of the header alone: {@link CredentialMechanism} has found out whose credential it is. */
    private record CallerConverter(CurrentIdentityAssociation identities) implements ParamConverter<Caller> {

        @Override
        public Caller fromString(String authorization) {
            return caller(identities.getIdentity());
        }

        @Override
        public String toString(Caller caller) {
            return caller.name();
        }
    }
}
