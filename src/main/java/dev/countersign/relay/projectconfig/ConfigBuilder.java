package dev.countersign.relay.projectconfig;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectWriter;
import dev.countersign.crypto.Sha256;
import dev.countersign.relay.projectconfig.ProjectConfigResponse.RelayProjectConfig;
import dev.countersign.relay.projectconfig.ProjectConfigResponse.RelayPublicKey;
import dev.countersign.relay.projectconfig.ProjectConfigResponse.RelayQuota;
import dev.countersign.relay.projectconfig.ProjectConfigResponse.RelayScrubbing;
import dev.countersign.relay.projectconfig.RelayKeyRepository.StoredKey;
import dev.countersign.relay.projectconfig.RelayKeyRepository.StoredProject;
import dev.countersign.relay.trusted.RelayConfig;
import jakarta.inject.Singleton;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Builds the config of a client key from what is stored, and computes its revision. */
@Singleton
public class ConfigBuilder {

    private static final List<String> EVERY_PAGE = List.of("*");
    private static final int REVISION_BYTES = 16;

    private final ObjectMapper mapper;
    private final ObjectWriter writer;
    private final Map<String, String> upstreams;

    ConfigBuilder(ObjectMapper mapper, RelayConfig config) {
        this.mapper = mapper;
        this.writer = mapper.writer();
        this.upstreams = config.upstreams();
    }

    /** What a relay needs of the settings of a project. */
    ProjectPart project(StoredProject project) {
        JsonNode settings;
        try {
            settings = mapper.readTree(project.settings());
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("The settings of a project are not JSON", e);
        }
        RelayScrubbing scrubbing = new RelayScrubbing(
                texts(settings, "safeFields", List.of()),
                flag(settings, "dataScrubber", true),
                flag(settings, "dataScrubberDefaults", true),
                flag(settings, "scrubIPAddresses", false),
                texts(settings, "sensitiveFields", List.of()));
        return new ProjectPart(project.slug(), texts(settings, "allowedDomains", EVERY_PAGE), scrubbing);
    }

    /**
     * The config of a key that is active, with its revision.
     *
     * @param time the present time, as relays read it
     */
    ProjectConfigResponse build(StoredKey key, ProjectPart project, String time) {
        Integer count = key.count();
        Integer window = key.window();
        List<RelayQuota> quotas = count == null || window == null || count == 0 || window == 0
                ? null
                : List.of(RelayQuota.ofKey(key.id(), count, window));
        ProjectConfigResponse config = new ProjectConfigResponse(
                false,
                project.slug,
                null,
                null,
                null,
                List.of(new RelayPublicKey(key.publicKey(), key.id(), true)),
                new RelayProjectConfig(project.allowedDomains, List.of(), project.scrubbing, quotas),
                key.organizationId(),
                key.projectId(),
                upstreams.get(Long.toString(key.projectId())));
        return config.with(revision(config), time);
    }

    private String revision(ProjectConfigResponse config) {
        try {
            byte[] digest = Sha256.of(writer.writeValueAsBytes(config));
            return HexFormat.of().formatHex(Arrays.copyOf(digest, REVISION_BYTES));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    private static @Nullable Boolean flag(JsonNode settings, String name, boolean byDefault) {
        return settings.path(name).asBoolean(byDefault) ? Boolean.TRUE : null;
    }

    private static List<String> texts(JsonNode settings, String name, List<String> byDefault) {
        JsonNode list = settings.path(name);
        return list.isArray() ? JsonList.texts(list) : byDefault;
    }

    /**
     * Holds the part of a config that all keys of a project share.
     *
     * @param allowedDomains the web pages that events may come from
     */
    record ProjectPart(String slug, List<String> allowedDomains, RelayScrubbing scrubbing) {}
}
