package dev.countersign.installation;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.countersign.credential.Caller;
import io.quarkus.runtime.annotations.RegisterForReflection;

/**
 * Holds the answer of {@code /api/0/auth/}: the caller's credential, in the form of Sentry's user. Clients read the id and the
 * name.
 *
 * @param id {@code operator}, or {@code api-key:} and the id of the key
 * @param email always empty, because a credential has no address and clients expect a text
 * @param isSuperuser whether the caller is the operator
 */
@RegisterForReflection
public record CallerResponse(
        String id,
        String name,
        String username,
        String email,
        @JsonProperty("isActive") boolean isActive,
        @JsonProperty("isSuperuser") boolean isSuperuser) {

    static CallerResponse of(Caller caller) {
        return new CallerResponse(caller.name(), caller.name(), caller.name(), "", true, caller.isOperator());
    }
}
