package dev.countersign.credential;

import io.quarkus.security.identity.CurrentIdentityAssociation;
import io.quarkus.security.identity.SecurityIdentity;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.ext.ParamConverter;
import jakarta.ws.rs.ext.ParamConverterProvider;
import jakarta.ws.rs.ext.Provider;
import java.lang.annotation.Annotation;
import java.lang.reflect.Type;
import org.jspecify.annotations.Nullable;

/**
 * Fills a REST method's parameter {@code @HeaderParam(AUTHENTICATED) Caller caller} with the authenticated caller; the
 * header only marks the parameter. The method must require a permission or be {@code @Authenticated}. {@link
 * CredentialMechanism} has then read the header already, and the parameter costs no look-up.
 */
@Provider
@Singleton
public class CallerProvider implements ParamConverterProvider {

    /**
     * Marks the parameter of a REST method that receives the authenticated caller. The text is the name of the header
     * with the credential, because Quarkus REST fills only parameters that name a part of the request. The caller is
     * not read from this header again.
     */
    public static final String AUTHENTICATED = HttpHeaders.AUTHORIZATION;

    private final CurrentIdentityAssociation identities;

    CallerProvider(CurrentIdentityAssociation identities) {
        this.identities = identities;
    }

    @Override
    @SuppressWarnings("unchecked")
    public <T> @Nullable ParamConverter<T> getConverter(Class<T> rawType, Type genericType, Annotation[] annotations) {
        return rawType == Caller.class ? (ParamConverter<T>) new CallerConverter(identities) : null;
    }

    /**
     * The caller of a method that is open to everyone, or null where the request has no credential. Fails where the
     * credential is invalid.
     */
    public Uni<@Nullable Caller> find() {
        return identities
                .getDeferredIdentity()
                .map(identity -> identity.isAnonymous() ? null : CallerProvider.caller(identity));
    }

    static Caller caller(SecurityIdentity identity) {
        return (Caller) identity.getPrincipal();
    }

    /**
     * Supplies the caller of the current request, and ignores the text of the header, because {@link
     * CredentialMechanism} has already authenticated the caller.
     */
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
