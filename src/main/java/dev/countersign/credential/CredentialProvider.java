package dev.countersign.credential;

import dev.countersign.announcement.AnnouncedCache;
import dev.countersign.announcement.CacheFactory;
import io.quarkus.arc.All;
import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.identity.AuthenticationRequestContext;
import io.quarkus.security.identity.IdentityProvider;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.security.identity.request.BaseAuthenticationRequest;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Authenticates a request's secret: asks the credential sources, caches the result, and gives Quarkus the caller and
 * its scopes. The scopes include those that the credential's scopes imply.
 */
@ApplicationScoped
public class CredentialProvider implements IdentityProvider<CredentialProvider.Request> {

    private final List<CredentialSource> sources;
    private final AnnouncedCache<ByteBuffer, Credential> credentials;

    CredentialProvider(@All List<CredentialSource> sources, CacheFactory caches) {
        this.sources = sources;
        this.credentials = caches.create(Credential::subjects);
    }

    @Override
    public Class<Request> getRequestType() {
        return Request.class;
    }

    @Override
    public Uni<SecurityIdentity> authenticate(Request request, AuthenticationRequestContext context) {
        return find(request);
    }

    private Uni<SecurityIdentity> find(Request request) {
        ByteBuffer hash = ByteBuffer.wrap(request.secret().hash());
        return credentials.get(hash, () -> read(request)).map(credential -> credential.identityAt(Instant.now()));
    }

    /**
     * Finds the caller of a secret that did not come in the header {@code Authorization}, and notes the use.
     *
     * @return fails with {@link AuthenticationFailedException} where no credential has this secret, or it may not be used
     */
    public Uni<Caller> findCaller(Secret secret) {
        return find(Request.bearer(secret)).map(CallerProvider::caller).invoke(this::noteUse);
    }

    /** Whether the check of a secret needs a look-up: the secret has the form of some kind of credential. */
    boolean needsLookUp(Secret secret) {
        return findSource(secret, true) != null;
    }

    void noteUse(Caller caller) {
        for (CredentialSource source : sources) {
            source.noteUse(caller);
        }
    }

    private Uni<Credential> read(Request request) {
        CredentialSource source = findSource(request.secret(), request.isBearer());
        return source == null
                ? Uni.createFrom().failure(new AuthenticationFailedException(request.unknownDetail()))
                : source.find(request.secret()).map(found -> requireFound(found, request));
    }

    private @Nullable CredentialSource findSource(Secret secret, boolean bearer) {
        for (CredentialSource source : sources) {
            if ((bearer || !source.isForBearerOnly()) && source.recognizes(secret)) {
                return source;
            }
        }
        return null;
    }

    private static Credential requireFound(@Nullable Credential found, Request request) {
        if (found == null) {
            throw new AuthenticationFailedException(request.unknownDetail());
        }
        return found;
    }

    /**
     * Carries the secret that an HTTP request presents, and the message for the client if no credential has this
     * secret.
     */
    static final class Request extends BaseAuthenticationRequest {

        private final Secret secret;
        private final String unknownDetail;
        private final boolean bearer;

        private Request(Secret secret, String unknownDetail, boolean bearer) {
            this.secret = secret;
            this.unknownDetail = unknownDetail;
            this.bearer = bearer;
        }

        /** Carries the secret after {@code Bearer}. */
        static Request bearer(Secret secret) {
            return new Request(secret, "Invalid token", true);
        }

        /** Carries the user name of {@code Basic}. */
        static Request basic(Secret secret) {
            return new Request(secret, "API key is not valid", false);
        }

        boolean isBearer() {
            return bearer;
        }

        Secret secret() {
            return secret;
        }

        String unknownDetail() {
            return unknownDetail;
        }
    }
}
