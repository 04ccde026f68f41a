package dev.countersign.project.setting;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.util.RawValue;
import dev.countersign.project.store.ConfiguredProject;
import dev.countersign.web.error.ApiException;
import dev.countersign.web.json.DefaultMembers;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Static helper: merges the settings that a request sends into the stored settings of a project, and shows all settings.
 * Clients such as Terraform set these settings and read them back; the service itself uses none of them. A setting that was
 * never set shows Sentry's default.
 */
public final class ProjectSettings {

    /** The most bytes of all settings of a project together, as JSON in UTF-8. */
    static final int MAX_BYTES = 64 * 1024;

    /**
     * Keeps numbers as they were sent and writes them without exponents, so that the text is as long as PostgreSQL
     * prints it.
     */
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .enable(StreamWriteFeature.WRITE_BIGDECIMAL_AS_PLAIN)
            .build();

    /** All settings but the options, with their defaults. */
    static final Map<String, Object> DEFAULTS = DefaultMembers.load("project-settings.json");

    private static final List<String> FILTERS =
            List.of("filters:blacklisted_ips", "filters:releases", "filters:error_messages");
    static final String OPTIONS = "options";

    private ProjectSettings() {}

    /** All settings of a project, with defaults for those that are not set. */
    public static Map<String, Object> of(ConfiguredProject project) {
        return withDefaults(parse(project.settings));
    }

    private static Map<String, Object> withDefaults(Map<String, Object> stored) {
        Map<String, Object> settings = new LinkedHashMap<>(DEFAULTS);
        settings.putAll(stored);
        Map<String, Object> options = new LinkedHashMap<>();
        FILTERS.forEach(filter -> options.put(filter, ""));
        options.putAll(options(stored));
        settings.put(OPTIONS, options);
        return settings;
    }

    /**
     * Merges sent settings into stored ones; options are merged one by one. A value that equals the stored or the
     * default value changes nothing.
     *
     * @param settings the stored settings, as JSON
     * @return the settings to store, as JSON
     * @throws ApiException.Invalid where they would take more than {@value #MAX_BYTES} bytes, and more than before
     */
    static String change(String settings, Map<String, Object> sent) {
        Map<String, Object> stored = parse(settings);
        Map<String, Object> current = withDefaults(stored);
        Map<String, Object> options = new LinkedHashMap<>(options(stored));
        boolean optionsDiffer = putDifferences(options(sent), options(current), options);
        Map<String, Object> others = new LinkedHashMap<>(sent);
        others.remove(OPTIONS);
        boolean othersDiffer = putDifferences(others, current, stored);
        if (optionsDiffer) {
            stored.put(OPTIONS, options);
        }
        return optionsDiffer || othersDiffer ? requireWithinLimit(toJson(stored), settings, sent) : settings;
    }

    /**
     * Puts the values that differ into the target. Compares the JSON texts, so that another order of members or another
     * form of a number counts as a difference, as both are stored.
     */
    private static boolean putDifferences(
            Map<String, Object> sent, Map<String, Object> current, Map<String, Object> target) {
        boolean differ = false;
        for (var member : sent.entrySet()) {
            String name = member.getKey();
            if (!current.containsKey(name) || !toJson(current.get(name)).equals(toJson(member.getValue()))) {
                target.put(name, member.getValue());
                differ = true;
            }
        }
        return differ;
    }

    /** Refuses settings past the limit, except where they shrink settings that were past the limit before. */
    private static String requireWithinLimit(String settings, String before, Map<String, Object> sent) {
        int bytes = bytes(settings);
        if (bytes > MAX_BYTES && bytes > bytes(before)) {
            String longest = Collections.max(sent.keySet(), Comparator.comparingInt(name -> toJson(sent.get(name))
                    .length()));
            throw ApiException.Invalid.field(
                    longest,
                    "The settings of a project may take " + MAX_BYTES + " bytes together. With this change they take "
                            + bytes + ".");
        }
        return settings;
    }

    private static int bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> options(Map<String, Object> settings) {
        return (Map<String, Object>) settings.getOrDefault(OPTIONS, Map.of());
    }

    private static Map<String, Object> parse(String json) {
        try {
            return JSON.readValue(json, new TypeReference<LinkedHashMap<String, Object>>() {});
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("The settings of a project are not JSON", e);
        }
    }

    /**
     * Converts a value to JSON text, which the request holds while it waits for the database. A tree takes up to eighty
     * times the memory of its text.
     */
    static RawValue rawJson(@Nullable Object value) {
        return new RawValue(toJson(value));
    }

    static String toJson(@Nullable Object settings) {
        try {
            return JSON.writeValueAsString(settings);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}
