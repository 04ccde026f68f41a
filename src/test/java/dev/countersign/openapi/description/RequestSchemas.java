package dev.countersign.openapi.description;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.countersign.web.contract.Schemas;
import io.smallrye.openapi.api.SmallRyeOpenAPI;
import java.io.ByteArrayInputStream;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import org.eclipse.microprofile.openapi.models.Components;
import org.eclipse.microprofile.openapi.models.media.Schema;
import org.jboss.jandex.AnnotationInstance;
import org.jboss.jandex.IndexView;

/** The schemas of bodies, from the {@link Schemas} of the classes that read them. */
final class RequestSchemas {

    private static final JsonMapper JSON = new JsonMapper();
    private static final String LIKE = "like";
    private static final String WORDS = "fixed/";

    /** The schemas of the classes by name, in an order that does not depend on the index. */
    private final Map<String, JsonNode> said = new TreeMap<>();

    RequestSchemas(IndexView index) {
        for (AnnotationInstance schemas : index.getAnnotations(Schemas.class)) {
            read(schemas.value().asString()).properties().forEach(schema -> {
                JsonNode other = said.put(schema.getKey(), schema.getValue());
                if (other != null && !other.equals(schema.getValue())) {
                    throw new IllegalStateException("two @Schemas describe " + schema.getKey());
                }
            });
        }
    }

    /** Adds the schemas with a capital letter. An existing name keeps its place. */
    void addTo(Components components) {
        ObjectNode schemas = JSON.createObjectNode();
        said.forEach((name, schema) -> {
            if (Character.isUpperCase(name.charAt(0))) {
                schemas.set(name, object(complete(schema.deepCopy())));
            }
        });
        ObjectNode document = JSON.createObjectNode().put("openapi", "3.1.0");
        document.putObject("components").set("schemas", schemas);
        parse(document).forEach(components::addSchema);
    }

    /** A schema with members and without a type is an object. */
    private static JsonNode object(JsonNode schema) {
        return schema.has("properties") && !schema.has("type") ? ((ObjectNode) schema).put("type", "object") : schema;
    }

    private static JsonNode read(String yaml) {
        try {
            return YAMLMapper.builder().build().readTree(yaml);
        } catch (IOException e) {
            throw new UncheckedIOException(yaml, e);
        }
    }

    private JsonNode complete(JsonNode node) {
        if (node instanceof ArrayNode list) {
            ArrayNode completed = list.arrayNode();
            list.forEach(item -> {
                if (item.asText().startsWith(WORDS)) {
                    completed.addAll(words(item.asText()));
                } else {
                    completed.add(complete(item));
                }
            });
            return completed;
        }
        if (node instanceof ObjectNode schema) {
            while (schema.path(LIKE).isTextual()) {
                String other = schema.remove(LIKE).asText();
                if (!said.containsKey(other)) {
                    throw new IllegalStateException("like: " + other + ": no @Schemas describes it");
                }
                merge(schema, said.get(other));
            }
            schema.properties().forEach(member -> member.setValue(complete(member.getValue())));
            members(schema);
        }
        return node;
    }

    private static void merge(ObjectNode schema, JsonNode other) {
        other.properties().forEach(member -> {
            JsonNode own = schema.get(member.getKey());
            if (own == null || own.isNull()) {
                schema.set(member.getKey(), member.getValue().deepCopy());
            } else if (own instanceof ObjectNode object && member.getValue().isObject()) {
                merge(object, member.getValue());
            }
        });
    }

    private static void members(ObjectNode schema) {
        if (schema.get("properties") instanceof ObjectNode members) {
            members.properties().forEach(member -> {
                if (member.getValue().isTextual()) {
                    String name = member.getValue().asText();
                    member.setValue(members.objectNode().put("$ref", "#/components/schemas/" + name));
                }
            });
        }
    }

    private static ArrayNode words(String file) {
        try {
            return (ArrayNode) JSON.readTree(new File("src/main/resources", file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Map<String, Schema> parse(JsonNode document) {
        return SmallRyeOpenAPI.builder()
                .withCustomStaticFile(
                        () -> new ByteArrayInputStream(document.toString().getBytes(StandardCharsets.UTF_8)))
                .enableModelReader(false)
                .enableStandardStaticFiles(false)
                .enableAnnotationScan(false)
                .enableStandardFilter(false)
                .build()
                .model()
                .getComponents()
                .getSchemas();
    }
}
