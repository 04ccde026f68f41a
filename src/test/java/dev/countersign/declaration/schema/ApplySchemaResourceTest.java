package dev.countersign.declaration.schema;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.countersign.testsupport.Api;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** Anybody may read the schema of declared documents. */
@QuarkusTest
class ApplySchemaResourceTest {

    @Test
    void schemaIsServedWithoutACredential() throws IOException {
        var response = Api.anonymous().get("/api/countersign/v1/apply-schema.json");

        response.then().statusCode(200).contentType("application/json");
        assertThat(new ObjectMapper().readTree(response.asString()))
                .isEqualTo(new ObjectMapper().readTree(Files.readString(Path.of("docs/apply-schema.json"))));
    }
}
