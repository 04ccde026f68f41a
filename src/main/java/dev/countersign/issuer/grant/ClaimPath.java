package dev.countersign.issuer.grant;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.jspecify.annotations.Nullable;

/**
 * Names a claim of a token: a JSON Pointer (RFC 6901) if the text begins with a slash, else a top-level name, in which a dot is
 * a dot.
 *
 * @param text as in the configuration
 * @param pointer null for a top-level name
 */
record ClaimPath(String text, @Nullable JsonPointer pointer) {

    static ClaimPath of(String text) {
        return new ClaimPath(text, text.startsWith("/") ? JsonPointer.compile(text) : null);
    }

    /** The value of the claim; a missing node if the token has no such claim. */
    JsonNode read(ObjectNode claims) {
        return pointer == null ? claims.path(text) : claims.at(pointer);
    }

    /** The value of the claim if it stands in no list; a missing node otherwise. The issuer decides on the order of a list. */
    JsonNode readOutsideLists(ObjectNode claims) {
        JsonNode value = claims;
        for (JsonPointer rest = pointer; rest != null && !rest.matches(); rest = rest.tail()) {
            value = value.path(rest.getMatchingProperty()); // missing in a list, whose elements have no names
        }
        return pointer == null ? claims.path(text) : value;
    }
}
