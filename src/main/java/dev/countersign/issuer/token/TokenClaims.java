package dev.countersign.issuer.token;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Holds the claims of a token that every token must have.
 *
 * @param subject the member {@code sub}: 1 to {@value #MAX_SUBJECT} characters, no control characters
 * @param audiences the member {@code aud}, a text or a list
 * @param times when the token is valid
 */
public record TokenClaims(String subject, Set<String> audiences, TokenTimes times) {

    /** The most characters of a subject. */
    public static final int MAX_SUBJECT = 512;

    /** Reads the claims; null if one is missing or malformed. */
    public static @Nullable TokenClaims read(ObjectNode claims) {
        String subject = subject(claims.path("sub"));
        Set<String> audiences = audiences(claims.path("aud"));
        TokenTimes times = TokenTimes.read(claims);
        return subject == null || audiences == null || times == null
                ? null
                : new TokenClaims(subject, audiences, times);
    }

    /** Whether the token is for an audience and has begun; it may have ended. */
    public boolean isFor(String audience, long now) {
        return audiences.contains(audience) && times.hasBegun(now);
    }

    private static @Nullable String subject(JsonNode node) {
        String text = node.isTextual() ? node.textValue() : "";
        boolean good = !text.isEmpty()
                && text.codePointCount(0, text.length()) <= MAX_SUBJECT
                && text.codePoints().noneMatch(TokenClaims::isControlOrHalf);
        return good ? text : null;
    }

    /** A control character, or half of a character, which no database stores. */
    private static boolean isControlOrHalf(int codePoint) {
        int type = Character.getType(codePoint);
        return type == Character.CONTROL || type == Character.SURROGATE;
    }

    private static @Nullable Set<String> audiences(JsonNode node) {
        if (node.isTextual()) {
            return Set.of(node.textValue());
        }
        if (!node.isArray()) {
            return null;
        }
        Set<String> texts = new HashSet<>();
        for (JsonNode element : node) {
            if (!element.isTextual()) {
                return null;
            }
            texts.add(element.textValue());
        }
        return texts;
    }
}
