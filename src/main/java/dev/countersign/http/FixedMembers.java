package dev.countersign.http;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The members that Sentry's objects have and this service has nothing to say about (issues, releases, avatars): their
 * empty or default values, from a JSON file of the folder {@code fixed}.
 */
public final class FixedMembers {

    private FixedMembers() {}

    /** The members of a file, in its order; not to be changed. */
    public static Map<String, Object> load(String file) {
        try (InputStream in = FixedMembers.class.getResourceAsStream("/fixed/" + file)) {
            if (in == null) {
                throw new IllegalStateException("no such file: fixed/" + file);
            }
            return Collections.unmodifiableMap(
                    new JsonMapper().readValue(in, new TypeReference<LinkedHashMap<String, Object>>() {}));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
