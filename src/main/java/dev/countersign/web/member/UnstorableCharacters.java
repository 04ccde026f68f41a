package dev.countersign.web.member;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/** Finds the characters that JSON can spell and PostgreSQL cannot store: NUL, and half of a surrogate pair. */
public final class UnstorableCharacters {

    /** What a caller is told of a NUL. */
    public static final String NULL = "Null characters are not allowed.";

    private UnstorableCharacters() {}

    /** What is wrong with the characters of a text, or null. */
    static @Nullable String fault(String text) {
        return text.indexOf('\0') >= 0 ? NULL : surrogateFault(text);
    }

    /** Where half of a surrogate pair stands in a value, in its names or in what is nested in it: the fault, or null. */
    static @Nullable String surrogateFault(JsonNode node) {
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

    /** Whether a NUL stands in a value, in its names or in what is nested in it. */
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
        IntPredicate half = c -> c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE;
        int found = text.codePoints().filter(half).findFirst().orElse(-1);
        return found < 0 ? null : "Surrogate characters are not allowed: U+%X.".formatted(found);
    }
}
