package dev.countersign.apikey;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import dev.countersign.credential.Secret;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Holds an API key as the API shows it.
 *
 * @param key the secret, in the answers of create and rotate; all other answers leave the member out
 * @param status {@code active} or {@code disabled}
 */
@JsonPropertyOrder({
    "id",
    "label",
    "key",
    "scope_list",
    "status",
    "allowed_origins",
    "dateCreated",
    "dateExpires",
    "dateLastUsed"
})
@RegisterForReflection
public record ApiKeyResponse(
        String id,
        String label,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String key,
        @JsonProperty("scope_list") List<String> scopeList,
        String status,
        @JsonProperty("allowed_origins") List<String> allowedOrigins,
        Instant dateCreated,
        @Nullable Instant dateExpires,
        @Nullable Instant dateLastUsed) {

    static final String ACTIVE = "active";
    static final String DISABLED = "disabled";

    static ApiKeyResponse of(ApiKey key) {
        return of(key, null);
    }

    static ApiKeyResponse of(ApiKey key, @Nullable Secret secret) {
        return new ApiKeyResponse(
                Long.toString(key.requireId()),
                key.label,
                secret == null ? null : secret.reveal(),
                key.scopes(),
                key.active ? ACTIVE : DISABLED,
                key.allowedOrigins(),
                key.dateAdded,
                key.dateExpires,
                key.lastUsed);
    }

    /** Leaves the secret out. */
    @Override
    public String toString() {
        return "api key " + id;
    }
}
