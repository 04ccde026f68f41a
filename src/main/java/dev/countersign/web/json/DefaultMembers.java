package dev.countersign.web.json;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Static helper: loads fixed values for members of Sentry's objects that this service does not use, such as issues, releases
 * and avatars, and writes fixed values as JSON. Each kind of object has a JSON file in the folder {@code fixed}.
 */
public final class DefaultMembers {

    private DefaultMembers() {}

    /** The words of a file that holds a JSON list. */
    public static Set<String> words(String file) {
        return Set.copyOf(read(file, new TypeReference<List<String>>() {}));
    }

    /** The members of a file that holds a JSON object, in the file's order; unmodifiable. */
    public static Map<String, Object> load(String file) {
        return Collections.unmodifiableMap(read(file, new TypeReference<LinkedHashMap<String, Object>>() {}));
    }

    /** The JSON of a value that is the same in every answer. */
    public static String json(Object value) {
        try {
            return new JsonMapper().writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static <T> T read(String file, TypeReference<T> type) {
        try (InputStream in = DefaultMembers.class.getResourceAsStream("/fixed/" + file)) {
            if (in == null) {
                throw new IllegalStateException("no such file: fixed/" + file);
            }
            return new JsonMapper().readValue(in, type);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
