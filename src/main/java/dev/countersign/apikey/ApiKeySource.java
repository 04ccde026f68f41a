package dev.countersign.apikey;

import dev.countersign.credential.Caller;
import dev.countersign.credential.Credential;
import dev.countersign.credential.CredentialSource;
import dev.countersign.credential.Secret;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;

/**
 * Supplies the authentication with API keys: recognizes and finds the API key whose secret a request presents, and notes when
 * each API key is used.
 */
@ApplicationScoped
public class ApiKeySource implements CredentialSource {

    private final ApiKeyRepository apiKeys;
    private final LastUseWriter lastUse;

    ApiKeySource(ApiKeyRepository apiKeys, LastUseWriter lastUse) {
        this.apiKeys = apiKeys;
        this.lastUse = lastUse;
    }

    @Override
    public boolean recognizes(Secret secret) {
        return ApiKeySecret.isWellFormed(secret);
    }

    @Override
    public Uni<Credential> find(Secret secret) {
        return apiKeys.findBySecret(secret);
    }

    @Override
    public void noteUse(Caller caller) {
        if (caller instanceof Caller.ApiKey key) {
            lastUse.note(key.id());
        }
    }
}
