package dev.countersign.openapi;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import com.networknt.schema.ValidationMessage;
import dev.countersign.testsupport.Api;
import dev.countersign.testsupport.WithTenant;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Answers fit the schemas that Sentry publishes. {@code src/test/openapi/trim} makes the copy of them. */
@QuarkusTest
class SentrySchemaTest extends WithTenant {

    private static final JsonNode OPERATIONS = read();

    @ParameterizedTest(name = "{0} {1}")
    @CsvSource(delimiter = '|', textBlock = """
                    get | organizations/ | 200 |
                    get | organizations/{o}/ | 200 |
                    put | organizations/{o}/ | 200 | {"name":"Schema"}
                    get | organizations/{o}/project-keys/ | 200 |
                    get | organizations/{o}/projects/ | 200 |
                    post | organizations/{o}/projects/ | 201 | {"name":"Schema"}
                    get | organizations/{o}/teams/ | 200 |
                    post | organizations/{o}/teams/ | 201 | {"name":"Schema"}
                    get | projects/{o}/{p}/ | 200 |
                    put | projects/{o}/{p}/ | 200 | {"name":"Schema","options":{"filters:releases":"1"}}
                    get | projects/{o}/{p}/keys/ | 200 |
                    post | projects/{o}/{p}/keys/ | 201 | {"rateLimit":{"window":60,"count":5}}
                    get | projects/{o}/{p}/keys/{k}/ | 200 |
                    put | projects/{o}/{p}/keys/{k}/ | 200 | {"isActive":false}
                    get | projects/{o}/{p}/teams/ | 200 |
                    post | projects/{o}/{p}/teams/{t}/ | 201 | {}
                    delete | projects/{o}/{p}/teams/{t}/ | 200 |
                    get | teams/{o}/{t}/ | 200 |
                    put | teams/{o}/{t}/ | 200 | {"name":"Schema"}
                    get | teams/{o}/{t}/projects/ | 200 |
                    post | teams/{o}/{t}/projects/ | 201 | {"name":"Schema"}
                    """)
    void answersFitSentrysSchemas(String method, String template, int status, String body) throws IOException {
        Response response = send(method, path(template), body == null ? "" : body);

        assertThat(response.statusCode()).as(response.asString()).isEqualTo(status);
        assertThat(faults(schema(method, template, status), response)).isEmpty();
    }

    @Test
    void unfittingAnswerIsFound() throws IOException {
        Response organization = Api.operator().get(path("organizations/{o}/"));
        Response keys = Api.operator().get(path("projects/{o}/{p}/keys/"));

        assertThat(faults(schema("get", "projects/{o}/{p}/keys/{k}/", 200), organization))
                .isNotEmpty();
        assertThat(faults(schema("get", "projects/{o}/{p}/teams/", 200), keys)).isNotEmpty();
    }

    private static Set<ValidationMessage> faults(JsonNode schema, Response response) throws IOException {
        return JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V7)
                .getSchema(schema)
                .validate(new JsonMapper().readTree(response.asByteArray()));
    }

    private Response send(String method, String path, String body) {
        return switch (method) {
            case "post" -> Api.operator().post(path, body);
            case "put" -> Api.operator().put(path, body);
            case "delete" -> Api.operator().delete(path);
            default -> Api.operator().get(path);
        };
    }

    private String path(String template) {
        return tenant.path(template).replace("{k}", template.contains("{k}") ? tenant.newKey("{}") : "");
    }

    private static JsonNode schema(String method, String template, int status) {
        String path = "/api/0/"
                + template.replace("{o}", "{organization_id_or_slug}")
                        .replace("{p}", "{project_id_or_slug}")
                        .replace("{t}", "{team_id_or_slug}")
                        .replace("{k}", "{key_id}");
        JsonNode schema = OPERATIONS.path(method + " " + path).path(Integer.toString(status));
        assertThat(schema.isObject()).as("Sentry publishes a schema for it").isTrue();
        return schema;
    }

    private static JsonNode read() {
        try (InputStream file = SentrySchemaTest.class.getResourceAsStream("/sentry-schemas.json")) {
            return new JsonMapper().readTree(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
