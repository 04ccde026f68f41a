package dev.countersign.web.body;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.countersign.web.error.ApiException;
import java.io.IOException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Static helper: parses a request body, JSON or form, into a JSON tree. A dotted name of a form becomes a member of a nested
 * object.
 */
final class BodyParser {

    static final String JSON_TYPE = "application/json";

    private static final ObjectReader JSON = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS, DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .disable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .build()
            .reader();

    static {
        JSON.getFactory().setStreamReadConstraints(JsonLimits.CONSTRAINTS);
    }

    private BodyParser() {}

    public static JsonNode parse(@Nullable String contentType, byte[] bytes) {
        if (bytes.length == 0) {
            return JsonNodeFactory.instance.objectNode();
        }
        String header = contentType == null ? JSON_TYPE : contentType;
        return switch (mediaType(header)) {
            case JSON_TYPE -> json(bytes);
            case "application/x-www-form-urlencoded", "multipart/form-data" -> FormParser.parse(header, bytes);
            default -> throw new ApiException.UnsupportedMediaType(header);
        };
    }

    static boolean isForm(@Nullable String contentType) {
        return contentType != null && !mediaType(contentType).equals(JSON_TYPE);
    }

    /** The media type of a {@code Content-Type} header, without parameters, in lower case. */
    static String mediaType(String header) {
        int end = header.indexOf(';');
        return (end < 0 ? header : header.substring(0, end)).strip().toLowerCase(Locale.ROOT);
    }

    static JsonNode json(byte[] bytes) {
        try (JsonParser parser = new JsonLimits(JSON.createParser(bytes))) {
            JsonNode tree = JSON.readTree(parser);
            if (tree == null || tree.isMissingNode()) {
                throw malformed("Expecting a value", null);
            }
            return tree;
        } catch (JsonProcessingException e) {
            throw malformed(withoutInternals(e.getOriginalMessage()), e.getLocation());
        } catch (IOException e) {
            throw malformed("Not readable", null);
        }
    }

    /** The parser's message, cut before it names the parser's classes or repeats input, which may be a secret. */
    private static String withoutInternals(String message) {
        int end = message.length();
        for (String internal : new String[] {"\n", " '", " (for ", " (from ", "`", "[Source", ": com.", ": java."}) {
            int at = message.indexOf(internal);
            end = at < 0 ? end : Math.min(end, at);
        }
        return message.substring(0, end).replaceAll("[\\p{Cntrl}\\p{Cs}]", " ").strip();
    }

    private static ApiException malformed(String why, @Nullable JsonLocation at) {
        String where = at == null ? "" : ": line " + at.getLineNr() + " column " + at.getColumnNr();
        return new ApiException.BadRequest("JSON parse error - " + why + where);
    }
}
