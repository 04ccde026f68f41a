package dev.countersign.auth;

import dev.countersign.cache.Caches;
import dev.countersign.cache.CurrentCache;
import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.identity.AuthenticationRequestContext;
import io.quarkus.security.identity.IdentityProvider;
import io.quarkus.security.identity.SecurityIdentity;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.ByteBuffer;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Answers whose credential it is: an identity whose permissions are the credential's scopes and what they imply. */
@ApplicationScoped
public class CredentialProvider implements IdentityProvider<CredentialRequest> {

    private final OperatorToken operatorToken;
    private final ApiKeyRepository apiKeys;
    private final CurrentCache<ByteBuffer, Credential> known;

    CredentialProvider(OperatorToken operatorToken, ApiKeyRepository apiKeys, Caches caches) {
        this.operatorToken = operatorToken;
        this.apiKeys = apiKeys;
        this.known = caches.create(Credential::subjects);
    }

    @Override
    public Class<CredentialRequest> getRequestType() {
        return CredentialRequest.class;
    }

    @Override
    public Uni<SecurityIdentity> authenticate(CredentialRequest request, AuthenticationRequestContext context) {
        ByteBuffer hash = ByteBuffer.wrap(request.secret().hash());
        return known.get(hash, () -> read(request)).map(credential -> credential.identityAt(Instant.now()));
    }

    private Uni<Credential> read(CredentialRequest request) {
        if (operatorToken.matches(request.secret().reveal())) {
            return Uni.createFrom().item(Credential.OPERATOR);
        }
        return request.secret().isWellFormed()
                ? apiKeys.findBySecret(request.secret()).map(found -> required(found, request))
                : Uni.createFrom().failure(new AuthenticationFailedException(request.unknownDetail()));
    }

    private static Credential required(@Nullable Credential found, CredentialRequest request) {
        if (found == null) {
            throw new AuthenticationFailedException(request.unknownDetail());
        }
        return found;
    }
}
