package dev.countersign.web.member;

import com.fasterxml.jackson.databind.JsonNode;
import org.jspecify.annotations.Nullable;

/** Static helper: finds characters that JSON allows and PostgreSQL cannot store: NUL, and half of a surrogate pair. */
public final class UnstorableCharacters {

    /** The message about a NUL. */
    public static final String NULL = "Null characters are not allowed.";

    private UnstorableCharacters() {}

    /** The message about a NUL or half of a surrogate pair in a text, or null. */
    static @Nullable String fault(String text) {
        return text.indexOf('\0') >= 0 ? NULL : surrogateFault(text);
    }

    /** The message about half of a surrogate pair in a value, its member names or nested values; or null. */
    public static @Nullable String surrogateFault(JsonNode node) {
        if (node.isTextual()) {
            return surrogateFault(node.textValue());
        }
        for (var member : node.properties()) {
            String fault = surrogateFault(member.getKey());
            if (fault != null) {
                return fault;
            }
        }
        for (JsonNode child : node) {
            String fault = surrogateFault(child);
            if (fault != null) {
                return fault;
            }
        }
        return null;
    }

    /** Whether a value, its member names or nested values contain a NUL. */
    public static boolean hasNull(JsonNode node) {
        if (node.isTextual()) {
            return node.textValue().indexOf('\0') >= 0;
        }
        for (var member : node.properties()) {
            if (member.getKey().indexOf('\0') >= 0) {
                return true;
            }
        }
        for (JsonNode child : node) {
            if (hasNull(child)) {
                return true;
            }
        }
        return false;
    }

    private static @Nullable String surrogateFault(String text) {
        int codePoint;
        for (int i = 0; i < text.length(); i += Character.charCount(codePoint)) {
            codePoint = text.codePointAt(i);
            if (codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE) {
                return "Surrogate characters are not allowed: U+%X.".formatted(codePoint);
            }
        }
        return null;
    }
}
