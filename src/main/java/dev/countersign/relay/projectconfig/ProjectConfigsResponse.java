package dev.countersign.relay.projectconfig;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Holds the answer to a request for project configs. Members that are null are left out.
 *
 * @param global the global config, which has no settings here; null unless the relay asks for it
 * @param globalStatus always {@code ready}; null unless the relay asks for the global config
 * @param configs the config of each key, by public key
 * @param pending the keys that a later request must ask for again, because the settings of their projects are too large for
 *     this answer; nearly always none
 * @param unchanged the keys of which the relay has the current revision; null if there is none
 */
@RegisterForReflection
public record ProjectConfigsResponse(
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Map<String, Object> global,

        @JsonProperty("global_status") @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
        String globalStatus,

        Map<String, ProjectConfigResponse> configs,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Set<String> pending,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable List<String> unchanged) {}
