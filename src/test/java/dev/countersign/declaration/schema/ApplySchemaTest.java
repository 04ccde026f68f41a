package dev.countersign.declaration.schema;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The published schema has the members of the API's PUT requests, as the OpenAPI document describes them. With {@code
 * -Dgolden.update=true} the test writes the schema anew.
 */
class ApplySchemaTest {

    private static final Path FILE = Path.of("src/main/resources/fixed/apply-schema.json");
    private static final Path COPY = Path.of("docs/apply-schema.json");
    private static final String COMPONENTS = "#/components/schemas/";
    private static final ObjectMapper JSON = new ObjectMapper();

    private final JsonNode openApi = yaml("docs/openapi/openapi.yaml").at("/components/schemas");
    private final ObjectNode schema = (ObjectNode) yaml("src/test/resources/apply-schema.yaml");

    @Test
    void schemaHasTheMembersOfTheApi() throws IOException {
        String expected = JSON.writerWithDefaultPrettyPrinter().writeValueAsString(build()) + "\n";
        if (Boolean.getBoolean("golden.update")) {
            Files.writeString(FILE, expected);
            Files.writeString(COPY, expected);
        }

        assertThat(FILE).hasContent(expected);
        assertThat(COPY).hasContent(expected);
    }

    @Test
    void schemaAcceptsTheDocumentedExample() throws IOException {
        JsonNode example = yaml("src/test/resources/apply-example.yaml");

        assertThat(validate(example)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{countersign: v1, organization: Acme_Imported}",
                "{countersign: v1, organization: acme, projects: [{slug: api, keys: [{name: a, useCase: profiling}]}]}",
            })
    void schemaAcceptsWhatApplyAccepts(String document) throws IOException {
        assertThat(validate(new YAMLMapper().readTree(document))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{organization: acme}",
                "{countersign: v2, organization: acme}",
                "{countersign: v1, organization: acme, project: []}",
                "{countersign: v1, organization: acme, projects: [{slug: a b}]}",
                "{countersign: v1, organization: acme, projects: [{slug: api, keys: [{name: a, useCase: other}]}]}",
                "{countersign: v1, organization: acme, projects: [{slug: api, keys: [{isActive: true}]}]}",
                "{countersign: v1, organization: acme, projects: [{slug: api, keys: [{name: a, public: abc}]}]}",
                "{countersign: v1, organization: acme, projects: [{slug: api, resolveAge: 721}]}",
                "{countersign: v1, organization: acme, apiKeys: [{label: a, key: cs_secret}]}",
            })
    void schemaRefusesWhatApplyRefuses(String document) throws IOException {
        assertThat(validate(new YAMLMapper().readTree(document))).isNotEmpty();
    }

    private static java.util.Set<com.networknt.schema.ValidationMessage> validate(JsonNode document)
            throws IOException {
        return JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
                .getSchema(Files.readString(FILE))
                .validate(document);
    }

    private ObjectNode build() {
        ObjectNode definitions = (ObjectNode) schema.get("$defs");
        for (JsonNode definition : definitions) {
            complete((ObjectNode) definition);
        }
        resolve(schema, definitions);
        return schema;
    }

    /** Adds the members of the API to those of a kind of object. */
    private void complete(ObjectNode definition) {
        if (definition.get("properties") instanceof ObjectNode properties) {
            JsonNode without = definition.path("without");
            openApi.get(definition.get("like").asText())
                    .get("properties")
                    .properties()
                    .forEach(member -> {
                        boolean isLeftOut = java.util.stream.StreamSupport.stream(without.spliterator(), false)
                                .anyMatch(name -> name.asText().equals(member.getKey()));
                        if (!isLeftOut) {
                            properties.set(member.getKey(), member.getValue().deepCopy());
                        }
                    });
            definition.remove(java.util.List.of("like", "without"));
        }
    }

    /** Replaces references into the OpenAPI document, and copies what they name. */
    private void resolve(JsonNode node, ObjectNode definitions) {
        if (node instanceof ObjectNode object) {
            JsonNode like = object.remove("like");
            if (like != null) {
                String[] path = like.asText().split("[.]");
                object.setAll((ObjectNode)
                        openApi.get(path[0]).get("properties").get(path[1]).deepCopy());
            }
            String reference = object.path("$ref").asText();
            if (reference.startsWith(COMPONENTS)) {
                String name = reference.substring(COMPONENTS.length());
                object.put("$ref", "#/$defs/" + name);
                if (!definitions.has(name)) {
                    JsonNode copy = openApi.get(name).deepCopy();
                    definitions.set(name, copy);
                    resolve(copy, definitions);
                }
            }
            java.util.List.copyOf(object.properties()).forEach(member -> resolve(member.getValue(), definitions));
        } else if (node instanceof ArrayNode array) {
            array.forEach(item -> resolve(item, definitions));
        }
    }

    private static JsonNode yaml(String file) {
        try {
            return new YAMLMapper().readTree(Files.readString(Path.of(file)));
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
