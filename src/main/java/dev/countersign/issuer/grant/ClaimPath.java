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
}
