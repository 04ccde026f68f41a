package dev.countersign.projectkey;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import com.fasterxml.jackson.databind.annotation.JsonSerialize;
import dev.countersign.credential.Caller;
import dev.countersign.dsn.DsnUrls;
import dev.countersign.ingest.DsnChoice;
import dev.countersign.projectkey.store.BrowserSdk;
import dev.countersign.projectkey.store.LoaderOptions;
import dev.countersign.projectkey.store.ProjectKey;
import dev.countersign.ratelimit.RateLimit;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Holds a client key, with its DSNs, as the API shows it.
 *
 * @param id the public key
 * @param label the same as {@code name}
 * @param projectId a number, although all other ids in the API are texts
 * @param dsn the URLs at the ingest host of the request, the project or the organization
 * @param dsns the URLs at every ingest host, by its name; answers leave the member out unless the request asks for it
 * @param isActive whether the key is switched on and has not expired
 * @param dateExpires the end of the key; only where the key has one
 * @param replacedBy the id of the key that replaced this one in a rotation; only where there is one
 * @param lastSeen when the gate saw the key last, or empty if never; only where the request asks for the usage
 * @param useCase only for operators; all other answers leave the member out
 */
@JsonPropertyOrder({
    "id",
    "name",
    "label",
    "public",
    "secret",
    "projectId",
    "isActive",
    "rateLimit",
    "dsn",
    "dsns",
    "browserSdkVersion",
    "browserSdk",
    "dateCreated",
    "dateExpires",
    "replacedBy",
    "lastSeen",
    "dynamicSdkLoaderOptions",
    "useCase"
})
@JsonSerialize(using = ProjectKeyWriter.class)
@RegisterForReflection
public record ProjectKeyResponse(
        String id,
        String name,
        String label,
        @JsonProperty("public") String publicKey,
        @JsonProperty("secret") String secretKey,
        long projectId,
        @JsonProperty("isActive") boolean isActive,
        @Nullable RateLimit rateLimit,
        DsnUrls dsn,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Map<String, DsnUrls> dsns,
        String browserSdkVersion,
        BrowserSdk browserSdk,
        Instant dateCreated,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Instant dateExpires,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String replacedBy,

        @JsonInclude(JsonInclude.Include.NON_NULL) @SuppressWarnings("NullableOptional") @Nullable
        Optional<Instant> lastSeen,

        LoaderOptions dynamicSdkLoaderOptions,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String useCase) {

    /**
     * Shows a key.
     *
     * @param ingest the name of the ingest host that is stored with the key's project or its organization, or null
     */
    public static ProjectKeyResponse of(ProjectKey key, @Nullable String ingest, DsnChoice dsns, Caller caller) {
        return new ProjectKeyResponse(
                key.publicKey,
                key.label,
                key.label,
                key.publicKey,
                key.secretKey,
                key.projectId,
                key.isActive(),
                key.rateLimit(),
                dsns.dsn(ingest, key::dsn),
                dsns.dsns(key::dsn),
                key.browserSdkVersion,
                BrowserSdk.OFFERED,
                key.dateAdded,
                key.dateExpires(),
                key.replacedBy(),
                null,
                key.loaderOptions(),
                caller.isOperator() ? key.useCase : null);
    }

    /**
     * The same key, with the time of its last use.
     *
     * @param seen when the gate saw the key last, or null if never
     */
    public ProjectKeyResponse withLastSeen(@Nullable Instant seen) {
        return new ProjectKeyResponse(
                id,
                name,
                label,
                publicKey,
                secretKey,
                projectId,
                isActive,
                rateLimit,
                dsn,
                dsns,
                browserSdkVersion,
                browserSdk,
                dateCreated,
                dateExpires,
                replacedBy,
                Optional.ofNullable(seen),
                dynamicSdkLoaderOptions,
                useCase);
    }

    /** Leaves the secrets out. */
    @Override
    public String toString() {
        return "client key " + publicKey;
    }
}
