package dev.countersign.openapi;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The OpenAPI document without a service: its examples are valid, and its choices are those of the code. */
class OpenApiExamplesTest {

    private static final String RELAYS = "/api/0/relays/";
    private static final Path DOCUMENT = Path.of("docs", "openapi", "openapi.yaml");
    private static final Path PLATFORMS = Path.of("src", "main", "resources", "fixed", "platforms.json");

    @Test
    void everyExampleFitsItsSchema() throws IOException {
        JsonNode components = new YAMLMapper().readTree(DOCUMENT.toFile()).path("components");
        List<String> faults = new ArrayList<>();
        int[] examples = {0};
        components.path("schemas").properties().forEach(schema -> schema.getValue()
                .path("examples")
                .forEach(example -> {
                    examples[0]++;
                    ObjectNode described = schema.getValue().deepCopy();
                    described.set("components", components);
                    JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
                            .getSchema(described)
                            .validate(example)
                            .forEach(fault -> faults.add(schema.getKey() + ": " + fault));
                }));

        assertThat(faults).isEmpty();
        assertThat(examples[0]).as("every body has one").isGreaterThan(9);
    }

    /** A relay signs its requests, and a signature cannot be guessed: bad ones are not limited. */
    @Test
    void operationsWithACredentialDescribe429() throws IOException {
        List<String> untold = new ArrayList<>();
        int[] told = {0};
        new YAMLMapper().readTree(DOCUMENT.toFile()).path("paths").properties().forEach(path -> path.getValue()
                .properties()
                .forEach(operation -> {
                    JsonNode answers = operation.getValue().path("responses");
                    boolean limited =
                            answers.has("429") && answers.at("/429/headers").has("Retry-After");
                    if (answers.has("401") && !limited && !path.getKey().startsWith(RELAYS)) {
                        untold.add(operation.getKey() + " " + path.getKey());
                    }
                    told[0] += limited ? 1 : 0;
                }));

        assertThat(untold).isEmpty();
        assertThat(told[0]).isGreaterThan(30);
    }

    @Test
    void documentedPlatformsAreTheAcceptedOnes() throws IOException {
        List<String> documented = new ArrayList<>();
        new YAMLMapper()
                .readTree(DOCUMENT.toFile())
                .at("/components/schemas/Platform/enum")
                .forEach(platform -> documented.add(platform.isNull() ? "" : platform.asText()));
        List<String> known = new ArrayList<>(List.of("", ""));
        new JsonMapper().readTree(PLATFORMS.toFile()).forEach(platform -> known.add(platform.asText()));

        assertThat(documented).containsExactlyInAnyOrderElementsOf(known);
    }
}
