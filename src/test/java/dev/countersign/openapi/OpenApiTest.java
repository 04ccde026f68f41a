package dev.countersign.openapi;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The OpenAPI document is part of what is promised: a change of it is seen in review. */
@QuarkusTest
class OpenApiTest {

    private static final Path GOLDEN = Path.of("docs", "openapi.yaml");

    @Test
    void theDocumentIsTheGoldenFile() throws IOException {
        String document = RestAssured.get("/q/openapi").asString();
        if (Boolean.getBoolean("golden.update")) {
            Files.writeString(GOLDEN, document);
        }

        assertThat(document)
                .as("docs/openapi.yaml; where the change is meant: ./mvnw verify -Dgolden.update=true")
                .isEqualTo(Files.readString(GOLDEN));
    }
}
