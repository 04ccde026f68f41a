package dev.countersign.installation;

import dev.countersign.credential.Caller;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The root of the API.
 *
 * @param version of the API: Sentry's, which never changed
 * @param auth null without a credential
 * @param user always null: there are no users here
 */
@RegisterForReflection
public record IndexResponse(
        String version, @Nullable Auth auth, @Nullable Object user) {

    static final IndexResponse ANONYMOUS = new IndexResponse("0", null, null);

    /**
     * What the caller may do.
     *
     * @param scopes as they were given
     */
    @RegisterForReflection
    public record Auth(List<String> scopes) {}

    static IndexResponse of(Caller caller) {
        return new IndexResponse("0", new Auth(caller.scopes()), null);
    }
}
