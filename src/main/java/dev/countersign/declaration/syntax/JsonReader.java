package dev.countersign.declaration.syntax;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Static helper: parses the JSON documents of a file into {@link Value}s. A file may hold several documents, one after the
 * other.
 */
public final class JsonReader {

    private static final JsonFactory JSON = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxStringLength(Integer.MAX_VALUE)
                    .maxNameLength(Integer.MAX_VALUE)
                    .maxNumberLength(Integer.MAX_VALUE)
                    .maxNestingDepth(TreeBuilder.MAX_DEPTH + 1)
                    .build())
            .build();

    private JsonReader() {}

    /** The values of all documents of a text, without those that are null. */
    public static List<Value> read(String text) throws UnreadableException {
        List<Value> documents = new ArrayList<>();
        TreeBuilder tree = new TreeBuilder();
        try (JsonParser parser = JSON.createParser(text)) {
            for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
                take(tree, token, parser);
                Value root = tree.takeRoot();
                if (root != null && !root.json().isNull()) {
                    documents.add(root);
                }
            }
        } catch (JsonProcessingException e) {
            throw new UnreadableException(line(e.getLocation()), "This is not JSON.");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return documents;
    }

    private static void take(TreeBuilder tree, JsonToken token, JsonParser parser)
            throws UnreadableException, IOException {
        int line = line(parser.currentTokenLocation());
        switch (token) {
            case START_OBJECT -> tree.beginObject(line);
            case START_ARRAY -> tree.beginList(line);
            case END_OBJECT, END_ARRAY -> tree.end();
            case FIELD_NAME -> tree.name(line, parser.currentName());
            default -> tree.add(new Value.Scalar(line, json(line, token, parser), parser.getText()));
        }
    }

    private static JsonNode json(int line, JsonToken token, JsonParser parser) throws UnreadableException, IOException {
        JsonNodeFactory json = JsonNodeFactory.instance;
        return switch (token) {
            case VALUE_NULL -> json.nullNode();
            case VALUE_TRUE, VALUE_FALSE -> json.booleanNode(token == JsonToken.VALUE_TRUE);
            case VALUE_NUMBER_INT ->
                json.numberNode(TreeBuilder.number(line, parser.getText()).toBigIntegerExact());
            case VALUE_NUMBER_FLOAT -> json.numberNode(TreeBuilder.number(line, parser.getText()));
            default -> json.textNode(parser.getText());
        };
    }

    private static int line(JsonLocation location) {
        return location == null ? 1 : Math.max(1, location.getLineNr());
    }
}
