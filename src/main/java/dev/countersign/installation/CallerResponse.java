package dev.countersign.installation;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.countersign.credential.Caller;
import io.quarkus.runtime.annotations.RegisterForReflection;

/**
 * A credential in the form of Sentry's user, of which clients read the id and the name.
 *
 * @param id {@code operator}, or {@code api-key:} and its id
 * @param email empty: a credential has none, and clients want a text
 * @param isSuperuser whether it is the operator's token
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
