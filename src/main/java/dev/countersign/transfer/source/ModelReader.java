package dev.countersign.transfer.source;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.countersign.transfer.input.BoundedInput;
import java.io.IOException;
import java.io.InputStream;
import java.sql.SQLException;
import java.util.EnumSet;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Reads the JSON text of an export, a list of objects with {@code model}, {@code pk} and {@code fields}, one object at a time.
 */
final class ModelReader {

    /** Keeps numbers as they are written, and takes no object that has a member twice. */
    static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .enable(StreamWriteFeature.WRITE_BIGDECIMAL_AS_PLAIN)
            .build();

    /** No name of a kind is longer. */
    private static final int MAX_MODEL = 100;
    /** No object that an import takes is longer. */
    private static final long MAX_OBJECT = 4 * 1024 * 1024;

    /** Lists the members of an object. */
    private enum Part {
        MODEL,
        PK,
        FIELDS
    }

    private final BoundedInput input;
    private final JsonParser parser;
    private final Predicate<String> wanted;

    private ModelReader(BoundedInput input, JsonParser parser, Predicate<String> wanted) {
        this.input = input;
        this.parser = parser;
        this.wanted = wanted;
    }

    /** Interface: takes each object of a list. */
    interface Objects {
        void take(ModelObject object) throws IOException, SQLException;
    }

    /**
     * Reads a list to its end.
     *
     * @param wanted which kinds of objects are taken with their members; of others the members are passed over
     * @throws IOException if the text is no such list, with a sentence that names the line
     */
    static void read(InputStream text, Predicate<String> wanted, Objects objects) throws IOException, SQLException {
        BoundedInput input = new BoundedInput(text, MAX_OBJECT);
        try (JsonParser parser = JSON.createParser(input)) {
            new ModelReader(input, parser, wanted).read(objects);
        }
    }

    private void read(Objects objects) throws IOException, SQLException {
        try {
            readList(objects);
        } catch (JsonProcessingException e) {
            // Where a bound of the parser is passed, the fault has no place, and names a class of the parser.
            JsonLocation place = e.getLocation() == null ? parser.currentLocation() : e.getLocation();
            String sentence = e.getOriginalMessage().replaceAll("(?s), from `[^`]*`| \\(start marker at .*", "");
            throw new IOException("Line " + place.getLineNr() + ": " + sentence, e);
        }
    }

    private void readList(Objects objects) throws IOException, SQLException {
        if (parser.nextToken() != JsonToken.START_ARRAY) {
            throw new IOException("The file is no JSON list");
        }
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            if (parser.currentToken() != JsonToken.START_OBJECT) {
                throw fault("the list holds something else than objects");
            }
            objects.take(object());
        }
        if (parser.nextToken() != null) {
            throw fault("the list has ended before");
        }
    }

    private ModelObject object() throws IOException {
        long line = parser.currentTokenLocation().getLineNr();
        input.begin(line);
        @Nullable String model = null;
        JsonNode key = MissingNode.getInstance();
        JsonNode fields = MissingNode.getInstance();
        Set<Part> read = EnumSet.noneOf(Part.class);
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            @Nullable Part part = part(parser.currentName());
            if (part != null && !read.add(part)) {
                throw fault("the object has " + parser.currentName() + " twice");
            }
            parser.nextToken();
            if (part == Part.MODEL) {
                model = model();
            } else if (model != null && !wanted.test(model)) {
                input.passOver();
                parser.skipChildren();
            } else if (part == null) {
                parser.skipChildren();
            } else if (part == Part.PK) {
                key = parser.readValueAsTree();
            } else {
                fields = parser.readValueAsTree();
            }
        }
        if (model == null || model.isEmpty()) {
            throw fault("the object has no model");
        }
        return new ModelObject(model, key, fields, line);
    }

    private String model() throws IOException {
        String model = parser.getValueAsString("");
        return model.substring(0, Math.min(model.length(), MAX_MODEL));
    }

    private static @Nullable Part part(String name) {
        return switch (name) {
            case "model" -> Part.MODEL;
            case "pk" -> Part.PK;
            case "fields" -> Part.FIELDS;
            default -> null;
        };
    }

    private IOException fault(String sentence) {
        return new IOException("Line " + parser.currentTokenLocation().getLineNr() + ": " + sentence);
    }
}
