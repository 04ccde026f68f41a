package dev.countersign.auth;

import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.identity.AuthenticationRequestContext;
import io.quarkus.security.identity.IdentityProvider;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.security.runtime.QuarkusSecurityIdentity;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Answers whose credential it is: an identity whose permissions are the credential's scopes and what they imply. */
@ApplicationScoped
public class CredentialProvider implements IdentityProvider<CredentialRequest> {

    private final OperatorToken operatorToken;
    private final ApiKeyRepository apiKeys;

    CredentialProvider(OperatorToken operatorToken, ApiKeyRepository apiKeys) {
        this.operatorToken = operatorToken;
        this.apiKeys = apiKeys;
    }

    @Override
    public Class<CredentialRequest> getRequestType() {
        return CredentialRequest.class;
    }

    @Override
    public Uni<SecurityIdentity> authenticate(CredentialRequest request, AuthenticationRequestContext context) {
        if (operatorToken.matches(request.secret().reveal())) {
            return Uni.createFrom().item(identity(Caller.OPERATOR));
        }
        return apiKeys.findBySecret(request.secret()).map(key -> identity(caller(key, request)));
    }

    private static Caller caller(@Nullable ApiKey key, CredentialRequest request) {
        if (key == null) {
            throw new AuthenticationFailedException(request.unknownDetail());
        }
        if (!key.active) {
            throw new AuthenticationFailedException("Key is disabled");
        }
        if (key.dateExpires != null && !key.dateExpires.isAfter(Instant.now())) {
            throw new AuthenticationFailedException("Token expired");
        }
        return new Caller("api-key:" + key.requireId(), key.organizationId, key.scopes());
    }

    private static SecurityIdentity identity(Caller caller) {
        var builder = QuarkusSecurityIdentity.builder().setPrincipal(caller);
        Scope.expand(caller.scopes()).forEach(builder::addPermissionAsString);
        return builder.build();
    }
}
