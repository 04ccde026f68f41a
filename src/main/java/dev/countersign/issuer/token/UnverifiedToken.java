package dev.countersign.issuer.token;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.countersign.issuer.key.StrictJson;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Holds the parts of a token whose signature nobody has checked yet.
 *
 * @param text the whole token
 * @param algorithm the member {@code alg} of the header
 * @param keyId the member {@code kid} of the header
 * @param claims the payload
 */
public record UnverifiedToken(String text, String algorithm, String keyId, ObjectNode claims) {

    /** The most characters of a token: 16 Ki. */
    public static final int MAX_LENGTH = 16 * 1024;

    private static final int MAX_KEY_ID = 1024;

    /** Three parts in base64url without padding; none is empty. */
    private static final Pattern FORM = Pattern.compile("([A-Za-z0-9_-]+)\\.([A-Za-z0-9_-]+)\\.[A-Za-z0-9_-]+");

    /**
     * Parses a token. Members of the header that name keys or places ({@code jwk}, {@code jku}, {@code x5u}, {@code x5c}) are
     * not read.
     *
     * @return null for a text that is malformed, too long, compressed, or has members that a reader must understand
     */
    public static @Nullable UnverifiedToken parse(String text) {
        if (text.length() > MAX_LENGTH) {
            return null;
        }
        Matcher parts = FORM.matcher(text);
        if (!parts.matches()) {
            return null;
        }
        ObjectNode header = object(parts.group(1));
        ObjectNode claims = object(parts.group(2));
        if (header == null || claims == null || Stream.of("crit", "zip", "b64").anyMatch(header::has)) {
            return null;
        }
        String algorithm = text(header.get("alg"));
        String keyId = text(header.get("kid"));
        return algorithm == null || keyId == null || keyId.length() > MAX_KEY_ID
                ? null
                : new UnverifiedToken(text, algorithm, keyId, claims);
    }

    /** Whether a text has three parts separated by dots. */
    public static boolean hasForm(String text) {
        int first = text.indexOf('.');
        int second = text.indexOf('.', first + 1);
        return first > 0 && second > first + 1 && second < text.length() - 1 && text.indexOf('.', second + 1) < 0;
    }

    /** The member {@code iss}; null if it is no text. */
    public @Nullable String issuer() {
        return text(claims.get("iss"));
    }

    /** Leaves the token out. */
    @Override
    public String toString() {
        return "token";
    }

    private static @Nullable ObjectNode object(String base64) {
        try {
            return StrictJson.object(Base64.getUrlDecoder().decode(base64));
        } catch (IllegalArgumentException e) {
            return null; // a length that no base64 text has
        }
    }

    private static @Nullable String text(@Nullable JsonNode node) {
        return node == null || !node.isTextual() || node.textValue().isEmpty() ? null : node.textValue();
    }
}
