package dev.countersign.openapi;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import com.networknt.schema.ValidationMessage;
import dev.countersign.testsupport.Api;
import dev.countersign.testsupport.Tenant;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.io.File;
import java.io.IOException;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Answers fit the OpenAPI document: each status is described, and each body fits its schema. */
@QuarkusTest
class OpenApiAnswersTest {

    private static final String LONG = "a body of 2 MiB";
    private static final Map<String, String> NAMES =
            Map.of("{o}", "{organization}", "{p}", "{project}", "{old}", "{project}", "{t}", "{team}", "{k}", "{key}");

    private static @Nullable Tenant made;

    private Tenant tenant;

    @BeforeEach
    void renamedProject() {
        if (made == null) {
            Tenant fresh = Tenant.create();
            Api.operator()
                    .put("projects/" + fresh.organization() + "/pump-station/", """
                            {"slug":"new"}""")
                    .then()
                    .statusCode(200);
            made = new Tenant(fresh.organization(), fresh.team(), "new", fresh.projectId());
        }
        tenant = made;
    }

    @AfterAll
    static void forget() {
        made = null;
    }

    @ParameterizedTest(name = "{0} {1} {2}: {3}")
    @CsvSource(delimiter = '|', textBlock = """
                    operator | GET | projects/{o}/{p}/keys/ | 200 |
                    operator | GET | projects/{o}/{p}/keys/?per_page=0 | 400 |
                    nobody | GET | projects/{o}/{p}/keys/ | 401 |
                    event:read | GET | projects/{o}/{p}/keys/ | 403 |
                    operator | GET | projects/nope/{p}/keys/ | 404 |
                    operator | GET | projects/{o}/{old}/keys/ | 302 |
                    project:write | POST | projects/{o}/{p}/keys/ | 201 | {"rateLimit":{"window":60,"count":5}}
                    operator | POST | projects/{o}/{p}/keys/ | 201 | {"useCase":"demo"}
                    operator | POST | projects/{o}/{p}/keys/ | 400 | {"rateLimit":{"window":60}}
                    operator | POST | projects/{o}/{p}/keys/ | 400 | {
                    operator | POST | projects/{o}/{p}/keys/ | 413 | a body of 2 MiB
                    project:read | POST | projects/{o}/{p}/keys/ | 403 | {}
                    operator | POST | projects/{o}/{old}/keys/ | 302 | {}
                    operator | GET | projects/{o}/{p}/keys/{k}/ | 200 |
                    project:read | GET | projects/{o}/{p}/keys/{k}/ | 200 |
                    operator | GET | projects/{o}/{p}/keys/nope/ | 404 |
                    operator | PUT | projects/{o}/{p}/keys/{k}/ | 200 | {"isActive":false}
                    operator | PUT | projects/{o}/{p}/keys/{k}/ | 400 | {"isActive":null}
                    operator | PUT | projects/{o}/{p}/keys/nope/ | 404 | {}
                    operator | DELETE | projects/{o}/{p}/keys/{k}/ | 204 |
                    project:write | DELETE | projects/{o}/{p}/keys/{k}/ | 403 |
                    operator | DELETE | projects/{o}/{p}/keys/nope/ | 404 |
                    operator | GET | organizations/{o}/project-keys/ | 200 |
                    operator | GET | organizations/{o}/project-keys/?project=x | 400 |
                    operator | GET | organizations/{o}/project-keys/?project=9999999 | 403 |
                    operator | GET | organizations/{o}/project-keys/?team=nope | 404 |
                    operator | GET | organizations/{o}/api-keys/ | 200 |
                    operator | POST | organizations/{o}/api-keys/ | 201 | {"label":"x","scope_list":["org:read"]}
                    operator | POST | organizations/{o}/api-keys/ | 400 | {}
                    operator | GET | organizations/ | 200 |
                    operator | GET | organizations/{o}/ | 200 |
                    operator | GET | organizations/{o}/teams/ | 200 |
                    operator | GET | organizations/{o}/projects/ | 200 |
                    operator | GET | projects/{o}/{p}/ | 200 |
                    operator | GET | teams/{o}/{t}/ | 200 |
                    operator | POST | organizations/{o}/teams/ | 409 | {"slug":"core"}
                    """)
    void answerFitsTheDocument(String who, String method, String template, int status, @Nullable String body)
            throws IOException {
        Response response = send(api(who), method, path(template), body == null ? "" : body);

        assertThat(response.statusCode()).as(response.asString()).isEqualTo(status);
        assertThat(faults(method, template, response)).isEmpty();
    }

    @Test
    void unfittingAnswerIsFound() throws IOException {
        Response details = Api.operator().get(tenant.path("organizations/{o}/"));

        assertThat(faults("GET", "projects/{o}/{p}/keys/", details)).isNotEmpty();
        assertThat(faults("GET", "projects/{o}/{p}/keys/{k}/", details)).isNotEmpty();
    }

    private Api api(String who) {
        return switch (who) {
            case "operator" -> Api.operator();
            case "nobody" -> Api.anonymous();
            default -> tenant.apiKey(who);
        };
    }

    private static Response send(Api api, String method, String path, String body) {
        return switch (method) {
            case "POST" -> api.post(path, body.equals(LONG) ? " ".repeat(2 << 20) : body);
            case "PUT" -> api.put(path, body);
            default -> api.send(method, path);
        };
    }

    private String path(String template) {
        return tenant.path(template)
                .replace("{old}", "pump-station")
                .replace("{t}", tenant.team())
                .replace("{k}", template.contains("{k}") ? tenant.newKey("{}") : "");
    }

    private static Set<ValidationMessage> faults(String method, String template, Response response) throws IOException {
        JsonNode document = new YAMLMapper().readTree(new File("docs/openapi/openapi.yaml"));
        JsonNode described = document.path("paths")
                .path("/api/0/" + operation(template))
                .path(method.toLowerCase(Locale.ROOT))
                .path("responses")
                .path(Integer.toString(response.statusCode()));
        assertThat(described.isObject())
                .as(method + " " + template + " " + response.statusCode() + " is described")
                .isTrue();
        JsonNode content = described.path("content");
        if (content.isMissingNode()) {
            return Set.of();
        }
        ObjectNode schema = content.path("application/json").path("schema").deepCopy();
        schema.set("components", document.path("components"));
        return JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
                .getSchema(schema)
                .validate(new JsonMapper().readTree(response.asByteArray()));
    }

    /** The path of the template in the document. */
    private static String operation(String template) {
        String path = template.replaceFirst("\\?.*", "")
                .replace("/nope/{p}/", "/{o}/{p}/")
                .replace("keys/nope/", "keys/{k}/");
        for (Map.Entry<String, String> name : NAMES.entrySet()) {
            path = path.replace(name.getKey(), name.getValue());
        }
        return path;
    }
}
