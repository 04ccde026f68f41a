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
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ProjectConfigResponse(
        boolean disabled,
        @Nullable String slug,
        @Nullable String lastFetch,
        @Nullable String lastChange,
        @Nullable String rev,
        @Nullable List<PublicKey> publicKeys,
        @Nullable Config config,
        @Nullable Long organizationId,
        @Nullable Long projectId,
        @Nullable String upstream) {

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
    public record PublicKey(
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
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Config(
            List<String> allowedDomains,
            List<String> trustedRelays,
            Scrubbing datascrubbingSettings,
            @Nullable List<Quota> quotas) {}

    /**
     * Says which personal data a relay removes from events. Relay's library writes a flag only if it is true, and so does this
     * record: null is false.
     */
    @RegisterForReflection
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Scrubbing(
            List<String> excludeFields,
            @Nullable Boolean scrubData,
            @Nullable Boolean scrubDefaults,
            @Nullable Boolean scrubIpAddresses,
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
    public record Quota(
            String id,
            String scope,
            String scopeId,
            List<String> categories,
            int limit,
            int window,
            String reasonCode) {

        private static final List<String> CATEGORIES = List.of("default", "error", "security");

        static Quota ofKey(long keyId, int limit, int window) {
            return new Quota("k", "key", Long.toString(keyId), CATEGORIES, limit, window, "key_quota");
        }
    }
}
