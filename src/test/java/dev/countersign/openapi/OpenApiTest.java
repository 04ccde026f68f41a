package dev.countersign.openapi;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.quarkus.test.junit.DisabledOnIntegrationTest;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.response.Response;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;

/** The OpenAPI document is a golden file, so that a review sees each change of it. */
@QuarkusTest
class OpenApiTest {

    private static final Path GOLDEN = Path.of("docs", "openapi", "openapi.yaml");
    private static final String UPDATE = "golden.update";
    private static final String PACKAGED = "The file that is being replaced has been packaged already.";

    @Test
    @DisabledOnIntegrationTest("The generator is no part of what is packaged.")
    void goldenFileDescribesTheResources() throws IOException {
        String document = RestAssured.get("/q/generated-openapi").asString();
        if (Boolean.getBoolean(UPDATE)) {
            Files.writeString(GOLDEN, document);
        }

        assertThat(document)
                .as("docs/openapi/openapi.yaml; where the change is meant: ./mvnw verify -Dgolden.update=true")
                .isEqualTo(Files.readString(GOLDEN));
    }

    @Test
    @DisabledIfSystemProperty(named = UPDATE, matches = "true", disabledReason = PACKAGED)
    void goldenFileIsServed() throws IOException {
        Response response = RestAssured.get("/q/openapi");

        response.then().statusCode(200).contentType("application/yaml");
        assertThat(response.asString()).isEqualTo(Files.readString(GOLDEN));
    }

    @Test
    @DisabledIfSystemProperty(named = UPDATE, matches = "true", disabledReason = PACKAGED)
    void documentIsServedAsJson() throws IOException {
        var document = new YAMLMapper().readTree(GOLDEN.toFile());

        for (Response response : new Response[] {
            RestAssured.get("/q/openapi?format=json"),
            RestAssured.given().header("Accept", "application/json").get("/q/openapi")
        }) {
            response.then().statusCode(200).contentType("application/json");
            assertThat(new JsonMapper().readTree(response.asString())).isEqualTo(document);
        }
    }
}
