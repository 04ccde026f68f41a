package dev.countersign.relay.projectconfig;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Holds what a relay has to know of one client key: that it is disabled and nothing more, or the config of its project.
 * Members that are null are left out.
 *
 * @param disabled whether there is no such key, or the key is switched off or has expired
 * @param slug the slug of the project
 * @param lastFetch when this was read, in microseconds
 * @param lastChange the same: nobody stores when a config has changed
 * @param rev the revision: 32 hexadecimal digits that depend on all other members but the two times
 * @param publicKeys this key
 * @param config the config of the project
 * @param upstream where the relay forwards the events of the project to; null means its own upstream
 */
@RegisterForReflection
public record ProjectConfigResponse(
        boolean disabled,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String slug,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String lastFetch,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String lastChange,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String rev,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable List<RelayPublicKey> publicKeys,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable RelayProjectConfig config,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Long organizationId,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Long projectId,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String upstream) {

    /** Is the answer for a key that is unknown, switched off or expired. */
    static final ProjectConfigResponse DISABLED =
            new ProjectConfigResponse(true, null, null, null, null, null, null, null, null, null);

    /** The same config with a revision and a time. */
    ProjectConfigResponse with(String revision, String time) {
        return new ProjectConfigResponse(
                disabled, slug, time, time, revision, publicKeys, config, organizationId, projectId, upstream);
    }

    /**
     * Names the key.
     *
     * @param isEnabled always true, since a key that is switched off has no config
     */
    @RegisterForReflection
    public record RelayPublicKey(
            String publicKey,
            long numericId,
            @JsonProperty("isEnabled") boolean isEnabled) {}

    /**
     * Holds the settings of the project for a relay.
     *
     * @param allowedDomains the web pages that events may come from; none if the list is empty
     * @param trustedRelays always empty: which relays are trusted is no setting of a project
     * @param quotas the rate limit of the key; null without one
     */
    @RegisterForReflection
    public record RelayProjectConfig(
            List<String> allowedDomains,
            List<String> trustedRelays,
            RelayScrubbing datascrubbingSettings,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            List<RelayQuota> quotas) {}

    /**
     * Says which personal data a relay removes from events. Relay's library writes a flag only if it is true, and so does this
     * record: null is false.
     */
    @RegisterForReflection
    public record RelayScrubbing(
            List<String> excludeFields,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            Boolean scrubData,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            Boolean scrubDefaults,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            Boolean scrubIpAddresses,

            List<String> sensitiveFields) {}

    /**
     * Holds the rate limit of a key.
     *
     * @param id {@code k}, which with the scope names the counter
     * @param scopeId the id of the key, as a text
     * @param categories the kinds of events that count
     * @param limit the most events in a window
     * @param window the window, in seconds
     */
    @RegisterForReflection
    public record RelayQuota(
            String id,
            String scope,
            String scopeId,
            List<String> categories,
            int limit,
            int window,
            String reasonCode) {

        private static final List<String> CATEGORIES = List.of("default", "error", "security");

        static RelayQuota ofKey(long keyId, int limit, int window) {
            return new RelayQuota("k", "key", Long.toString(keyId), CATEGORIES, limit, window, "key_quota");
        }
    }
}
