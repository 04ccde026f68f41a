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
 * What clients set on a project and read back, such as Terraform after an apply. This service acts on none of it: it
 * keeps what was set, and answers Sentry's defaults for what was not.
 */
public final class ProjectSettings {

    /** Of all settings of a project together, as JSON in UTF-8. */
    static final int MAX_BYTES = 64 * 1024;

    /** Numbers as they were sent, and written out, so that the stored text is as long as PostgreSQL prints it. */
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .enable(StreamWriteFeature.WRITE_BIGDECIMAL_AS_PLAIN)
            .build();

    private static final Map<String, Object> DEFAULTS = DefaultMembers.load("project-settings.json");
    private static final List<String> FILTERS =
            List.of("filters:blacklisted_ips", "filters:releases", "filters:error_messages");
    static final String OPTIONS = "options";

    private ProjectSettings() {}

    /** All settings of a project. */
    public static Map<String, Object> of(ConfiguredProject project) {
        return effective(parse(project.settings));
    }

    private static Map<String, Object> effective(Map<String, Object> stored) {
        Map<String, Object> settings = new LinkedHashMap<>(DEFAULTS);
        settings.putAll(stored);
        Map<String, Object> options = new LinkedHashMap<>();
        FILTERS.forEach(filter -> options.put(filter, ""));
        options.putAll(options(stored));
        settings.put(OPTIONS, options);
        return settings;
    }

    /**
     * Puts what was sent over what is stored; options one by one. A value that the project has already, stored or by
     * default, changes nothing.
     *
     * @param settings as they are stored
     * @return as they are to be stored
     * @throws ApiException.Invalid where they would take more than {@value #MAX_BYTES} bytes, and more than before
     */
    static String change(String settings, Map<String, Object> sent) {
        Map<String, Object> stored = parse(settings);
        Map<String, Object> current = effective(stored);
        Map<String, Object> options = new LinkedHashMap<>(options(stored));
        boolean optionsDiffer = putDifferences(options(sent), options(current), options);
        Map<String, Object> others = new LinkedHashMap<>(sent);
        others.remove(OPTIONS);
        boolean othersDiffer = putDifferences(others, current, stored);
        if (optionsDiffer) {
            stored.put(OPTIONS, options);
        }
        return optionsDiffer || othersDiffer ? withinBound(print(stored), settings, sent) : settings;
    }

    /** Compares texts of JSON: an order of members and the form of a number are kept, so they count as a difference. */
    private static boolean putDifferences(
            Map<String, Object> sent, Map<String, Object> current, Map<String, Object> target) {
        boolean differ = false;
        for (var member : sent.entrySet()) {
            String name = member.getKey();
            if (!current.containsKey(name) || !print(current.get(name)).equals(print(member.getValue()))) {
                target.put(name, member.getValue());
                differ = true;
            }
        }
        return differ;
    }

    /** Settings that take too much already may still shrink. */
    private static String withinBound(String settings, String before, Map<String, Object> sent) {
        int bytes = bytes(settings);
        if (bytes > MAX_BYTES && bytes > bytes(before)) {
            String longest = Collections.max(sent.keySet(), Comparator.comparingInt(name -> print(sent.get(name))
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

    /** Kept while the request waits for the database: a tree takes up to eighty times the memory of its text. */
    static RawValue text(@Nullable Object value) {
        return new RawValue(print(value));
    }

    static String print(@Nullable Object settings) {
        try {
            return JSON.writeValueAsString(settings);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}
