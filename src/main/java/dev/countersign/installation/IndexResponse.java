package dev.countersign.installation;

import dev.countersign.credential.Caller;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Holds the answer at the root of the API, {@code /api/0/}: the API version, and the scopes of the caller.
 *
 * @param version the version of Sentry's API, which never changed
 * @param auth null for a request without a credential
 * @param user always null, because this service has no users
 */
@RegisterForReflection
public record IndexResponse(
        String version, @Nullable Auth auth, @Nullable Object user) {

    static final IndexResponse ANONYMOUS = new IndexResponse("0", null, null);

    /**
     * Lists the scopes of the caller.
     *
     * @param scopes the scopes that the credential was given
     */
    @RegisterForReflection
    public record Auth(List<String> scopes) {}

    static IndexResponse of(Caller caller) {
        return new IndexResponse("0", new Auth(caller.scopes()), null);
    }
}
