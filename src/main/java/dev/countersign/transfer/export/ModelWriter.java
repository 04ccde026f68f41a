package dev.countersign.transfer.export;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonGenerator.Feature;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.OutputStream;
import org.jspecify.annotations.Nullable;

/**
 * Writes the JSON text of an export: a list of objects with {@code model}, {@code pk} and {@code fields}, in ASCII with two
 * blanks of indentation.
 */
public final class ModelWriter implements AutoCloseable {

    /** Keeps numbers as they are written. */
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .enable(JsonWriteFeature.ESCAPE_NON_ASCII)
            .disable(Feature.AUTO_CLOSE_TARGET, Feature.AUTO_CLOSE_JSON_CONTENT)
            .build();

    private final JsonGenerator generator;
    private long lastKey;

    /** Begins a list on a stream, which stays open. */
    public ModelWriter(OutputStream output) throws IOException {
        generator = JSON.createGenerator(output);
        generator.enable(Feature.WRITE_BIGDECIMAL_AS_PLAIN);
        generator.useDefaultPrettyPrinter();
        generator.writeStartArray();
    }

    /** An empty object for the members of an object. */
    public ObjectNode fields() {
        return JSON.createObjectNode();
    }

    /** The value of a JSON text. */
    public JsonNode value(String json) throws IOException {
        return JSON.readTree(json);
    }

    /**
     * Writes an object.
     *
     * @param key the primary key; null gives one that no other object of the list has, as this service stores none
     */
    void write(String model, @Nullable Long key, ObjectNode fields) throws IOException {
        generator.writeStartObject();
        generator.writeStringField("model", model);
        generator.writeNumberField("pk", key == null ? ++lastKey : key);
        generator.writeFieldName("fields");
        generator.writeTree(fields);
        generator.writeEndObject();
    }

    /**
     * Writes an object whose primary key is a text or null.
     *
     * @param key the digits of an id, or null for an object without one
     */
    public void writeText(String model, @Nullable String key, ObjectNode fields) throws IOException {
        generator.writeStartObject();
        generator.writeStringField("model", model);
        generator.writeStringField("pk", key);
        generator.writeFieldName("fields");
        generator.writeTree(fields);
        generator.writeEndObject();
    }

    /** Ends the list. */
    public void end() throws IOException {
        generator.writeEndArray();
    }

    /**
     * Writes what is left to the stream, which stays open. A list that was not ended is no JSON, so that nobody takes a part of
     * an export for the whole.
     */
    @Override
    public void close() throws IOException {
        generator.close();
    }
}
