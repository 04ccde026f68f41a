package dev.countersign.transfer.source;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.io.InputStream;
import java.sql.SQLException;

/**
 * Static helper: reads the JSON text of an export, a list of objects with {@code model}, {@code pk} and {@code fields}, one
 * object at a time.
 */
final class ModelReader {

    /** Keeps numbers as they are written. */
    static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .enable(StreamWriteFeature.WRITE_BIGDECIMAL_AS_PLAIN)
            .build();

    private ModelReader() {}

    /** Interface: takes each object of a list. */
    interface Objects {
        void take(ModelObject object) throws IOException, SQLException;
    }

    /**
     * Reads a list to its end.
     *
     * @throws IOException if the text is no such list
     */
    static void read(InputStream input, Objects objects) throws IOException, SQLException {
        try (JsonParser parser = JSON.createParser(input)) {
            if (parser.nextToken() != JsonToken.START_ARRAY) {
                throw new IOException("The file is no JSON list");
            }
            while (parser.nextToken() != JsonToken.END_ARRAY) {
                if (parser.currentToken() != JsonToken.START_OBJECT) {
                    throw new IOException("Line " + line(parser) + ": the list holds something else than objects");
                }
                objects.take(object(parser));
            }
        } catch (JsonProcessingException e) {
            throw new IOException(
                    "Line " + (e.getLocation() == null ? 0 : e.getLocation().getLineNr()) + ": "
                            + e.getOriginalMessage(),
                    e);
        }
    }

    private static ModelObject object(JsonParser parser) throws IOException {
        long line = line(parser);
        String model = "";
        JsonNode key = MissingNode.getInstance();
        JsonNode fields = MissingNode.getInstance();
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String name = parser.currentName();
            parser.nextToken();
            switch (name) {
                case "model" -> model = parser.getValueAsString("");
                case "pk" -> key = parser.readValueAsTree();
                case "fields" -> fields = parser.readValueAsTree();
                default -> parser.skipChildren();
            }
        }
        return new ModelObject(model, key, fields, line);
    }

    private static long line(JsonParser parser) {
        return parser.currentTokenLocation().getLineNr();
    }
}
