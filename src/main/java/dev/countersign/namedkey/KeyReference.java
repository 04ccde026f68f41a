package dev.countersign.namedkey;

import dev.countersign.slug.IdOrSlug;
import dev.countersign.web.error.ApiException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Parses and holds the text by which a request names a client key: {@code project/name}, or {@code project} for the oldest
 * active key of the project.
 *
 * @param name the name of the key, or null for the oldest active key of the project
 */
record KeyReference(IdOrSlug project, @Nullable String name) {

    private static final int HALVES = 2;

    /**
     * Reads the values of the parameter {@code ref}.
     *
     * @throws ApiException.BadRequest if there is not exactly one value, or if the value is no reference
     */
    static KeyReference read(List<String> values) {
        if (values.size() != 1) {
            throw invalid();
        }
        String[] halves = values.get(0).split("/", -1);
        if (halves.length > HALVES || halves[0].isBlank()) {
            throw invalid();
        }
        IdOrSlug project = IdOrSlug.fromString(halves[0]);
        if (halves.length == 1) {
            return new KeyReference(project, null);
        }
        if (halves[1].isBlank()) {
            throw invalid();
        }
        return new KeyReference(project, KeyName.read(halves[1]));
    }

    private static ApiException invalid() {
        return new ApiException.BadRequest("Invalid ref parameter.");
    }
}
