package dev.countersign.web.body;

import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.util.JsonParserDelegate;
import java.io.IOException;

/**
 * A parser that refuses what the service could not keep exactly at a bounded cost, before it is made: a number of more
 * than 100 digits (those of its exponent included) or with an exponent beyond 400 in either direction, more than 64
 * levels, and more names and values than 50,000, each of which takes some hundred bytes of memory. A number that passes is written out in at most 502 characters.
 */
final class ExactNumbers extends JsonParserDelegate {

    /** The bounds that the parser itself holds. */
    static final StreamReadConstraints CONSTRAINTS = StreamReadConstraints.builder()
            .maxNestingDepth(ExactNumbers.MAX_DEPTH)
            .maxNumberLength(ExactNumbers.MAX_DIGITS)
            .maxTokenCount(ExactNumbers.MAX_TOKENS)
            .build();

    /** As deep as Sentry's own parser goes is never needed: the deepest known body has three levels. */
    private static final int MAX_DEPTH = 64;

    private static final int MAX_DIGITS = 100;

    /** Names, values, and beginnings and ends of lists and objects: more than fit into the settings of a project. */
    private static final int MAX_TOKENS = 50_000;

    private static final int MAX_EXPONENT = 400;
    private static final int MAX_EXPONENT_DIGITS = 3;

    ExactNumbers(JsonParser parser) {
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
        int mark = Math.max(number.indexOf('e'), number.indexOf('E'));
        if (mark < 0) {
            return true;
        }
        int first = mark + 1;
        while (first < number.length() - 1 && "+-0".indexOf(number.charAt(first)) >= 0) {
            first++;
        }
        String exponent = number.substring(first);
        return exponent.length() <= MAX_EXPONENT_DIGITS && Integer.parseInt(exponent) <= MAX_EXPONENT;
    }
}
