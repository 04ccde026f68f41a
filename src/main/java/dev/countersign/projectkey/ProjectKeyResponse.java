package dev.countersign.projectkey;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import dev.countersign.credential.Caller;
import dev.countersign.dsn.DsnBuilder;
import dev.countersign.dsn.DsnUrls;
import dev.countersign.projectkey.store.BrowserSdk;
import dev.countersign.projectkey.store.LoaderOptions;
import dev.countersign.projectkey.store.ProjectKey;
import dev.countersign.projectkey.store.RateLimit;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A client key as Sentry shows it.
 *
 * @param id the public key
 * @param label the same as {@code name}
 * @param projectId a number, although all other ids in the API are texts
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
    "browserSdkVersion",
    "browserSdk",
    "dateCreated",
    "dynamicSdkLoaderOptions",
    "useCase"
})
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
        String browserSdkVersion,
        BrowserSdk browserSdk,
        Instant dateCreated,
        LoaderOptions dynamicSdkLoaderOptions,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String useCase) {

    static ProjectKeyResponse of(ProjectKey key, DsnBuilder dsns, Caller caller) {
        return new ProjectKeyResponse(
                key.publicKey,
                key.label,
                key.label,
                key.publicKey,
                key.secretKey,
                key.projectId,
                key.active,
                key.rateLimit(),
                dsns.build(key.organizationId, key.projectId, key.publicKey, key.secretKey),
                key.browserSdkVersion,
                BrowserSdk.OFFERED,
                key.dateAdded,
                key.loaderOptions(),
                caller.isOperator() ? key.useCase : null);
    }

    /** Leaves the secrets out. */
    @Override
    public String toString() {
        return "client key " + publicKey;
    }
}
