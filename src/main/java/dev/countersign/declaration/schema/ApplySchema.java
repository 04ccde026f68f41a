package dev.countersign.declaration.schema;

import dev.countersign.web.json.DefaultMembers;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * Static helper: loads the JSON Schema of the documents of {@code apply}, the file {@code apply-schema.json}, and names the
 * members of its objects.
 */
public final class ApplySchema {

    private static final Map<String, Object> SCHEMA = DefaultMembers.load("apply-schema.json");

    private ApplySchema() {}

    /** The whole schema. */
    static Map<String, Object> document() {
        return SCHEMA;
    }

    /** The names of the members that a kind of object may have, such as {@code organization} or {@code apiKey}. */
    public static Set<String> members(String definition) {
        return object(object(object(SCHEMA, "$defs"), definition), "properties").keySet();
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> object(Map<String, Object> parent, String name) {
        return (Map<String, Object>) Objects.requireNonNull(parent.get(name), name);
    }
}
