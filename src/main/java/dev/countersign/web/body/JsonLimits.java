package dev.countersign.web.body;

import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.util.JsonParserDelegate;
import java.io.IOException;

/**
 * Wraps Jackson's parser of JSON to limit it: refuses too long numbers, too deep nesting and too many values before the body
 * fills memory. The limits are 100 digits for a number (with its exponent), 400 for an exponent in either direction, 64 levels,
 * and 50,000 names and values of some hundred bytes each. An accepted number, written in full, has at most 502 characters.
 */
final class JsonLimits extends JsonParserDelegate {

    /** The limits that Jackson's parser enforces. */
    static final StreamReadConstraints CONSTRAINTS = StreamReadConstraints.builder()
            .maxNestingDepth(JsonLimits.MAX_DEPTH)
            .maxNumberLength(JsonLimits.MAX_DIGITS)
            .maxTokenCount(JsonLimits.MAX_TOKENS)
            .build();

    /** Less than Sentry's parser allows: the deepest known body has three levels. */
    private static final int MAX_DEPTH = 64;

    private static final int MAX_DIGITS = 100;

    /** The greatest number of names, values, brackets and braces: more than a project's settings may have. */
    private static final int MAX_TOKENS = 50_000;

    private static final int MAX_EXPONENT = 400;
    private static final int MAX_EXPONENT_DIGITS = 3;

    JsonLimits(JsonParser parser) {
        super(parser);
    }

    @Override
    public JsonToken nextToken() throws IOException {
        try {
            JsonToken token = super.nextToken();
            if (token == JsonToken.VALUE_NUMBER_FLOAT && !isBounded(getText())) {
                throw refused("The exponent of a number is beyond " + MAX_EXPONENT);
            }
            return token;
        } catch (StreamConstraintsException e) {
            throw refused("Nested too deeply, too many values, or a name or a number is too long: at most " + MAX_DEPTH
                    + " levels, " + MAX_TOKENS + " names and values, and " + MAX_DIGITS + " digits are accepted");
        }
    }

    private JsonParseException refused(String why) {
        return new JsonParseException(this, why, delegate.currentLocation());
    }

    private static boolean isBounded(String number) {
        int exponentMark = Math.max(number.indexOf('e'), number.indexOf('E'));
        if (exponentMark < 0) {
            return true;
        }
        int firstDigit = exponentMark + 1;
        while (firstDigit < number.length() - 1 && "+-0".indexOf(number.charAt(firstDigit)) >= 0) {
            firstDigit++;
        }
        String exponent = number.substring(firstDigit);
        return exponent.length() <= MAX_EXPONENT_DIGITS && Integer.parseInt(exponent) <= MAX_EXPONENT;
    }
}
