package dev.countersign.openapi;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.countersign.testsupport.Api;
import dev.countersign.testsupport.WithTenant;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The answer shows every member of a body as it was sent, unless the OpenAPI document says that the member has no
 * effect.
 */
@QuarkusTest
class DocumentedMembersTest extends WithTenant {

    private static final JsonMapper JSON = new JsonMapper();
    private static final JsonNode SCHEMAS = schemas();

    /** A value for each member that is not a flag, other than its default. {@code #} stands for a unique number. */
    private static final String VALUES = """
            {
              "Organization": {
                "name": "Other", "slug": "other-#", "ingest": "us", "defaultRateLimit": {"window": 60, "count": 5}
              },
              "Team": {"name": "Other", "slug": "other"},
              "Project": {
                "name": "Other", "slug": "other", "platform": "go", "ingest": "us",
                "defaultRateLimit": {"window": 60, "count": 5}, "subjectPrefix": "a", "subjectTemplate": "b",
                "securityToken": "c", "securityTokenHeader": "d", "groupingEnhancements": "e", "fingerprintingRules": "f",
                "digestsMinDelay": 61, "digestsMaxDelay": 62, "resolveAge": 63, "storeCrashReports": 3,
                "allowedDomains": ["g"], "safeFields": ["h"], "sensitiveFields": ["i"], "highlightTags": ["j"],
                "highlightContext": {"k": ["l"]}, "options": {"filters:releases": "m"}
              },
              "ProjectKey": {
                "name": "Other", "rateLimit": {"window": 60, "count": 5}, "public": "%1$s", "secret": "%1$s",
                "useCase": "demo", "dateExpires": "2080-01-01T00:00:00.100Z", "browserSdkVersion": "9.x", "dynamicSdkLoaderOptions": {"hasDebug": true}
              },
              "ApiKey": {
                "label": "Other", "scope_list": ["team:read"], "status": "disabled", "allowed_origins": ["https://a.example"],
                "dateExpires": "2080-01-01T00:00:00.100Z"
              }
            }""";

    @ParameterizedTest(name = "{0}.{1}")
    @MethodSource("members")
    void sentMemberIsShown(String schema, String member) throws IOException {
        boolean creates = schema.endsWith("Create");
        String noun = schema.replaceFirst("(Create|Update)$", "");
        String path = creates ? list(noun) : item(noun);
        JsonNode before = read(
                creates
                        ? Api.operator().post(path, minimal(noun))
                        : Api.operator().get(path));
        JsonNode value = value(noun, member, before);
        ObjectNode body = creates ? (ObjectNode) JSON.readTree(minimal(noun)) : JSON.createObjectNode();
        body.set(member, value);

        JsonNode after = read(send(creates, path, body.toString()));

        assertThat(shows(before, member, value)).as("shown before it is sent").isFalse();
        assertThat(shows(after, member, value)).as("%s in %s", body, after).isTrue();
    }

    private static Stream<Arguments> members() {
        return SCHEMAS.properties().stream()
                .filter(schema -> schema.getKey().matches("\\w+(Create|Update)"))
                .flatMap(schema -> schema.getValue().path("properties").properties().stream()
                        .filter(member -> !isWithoutEffect(member.getValue()))
                        .map(member -> Arguments.of(schema.getKey(), member.getKey())));
    }

    static boolean isWithoutEffect(JsonNode member) {
        return member.path("description").asText().startsWith("Accepted and without effect");
    }

    private static Response send(boolean creates, String path, String body) {
        return creates ? Api.operator().post(path, body) : Api.operator().put(path, body);
    }

    private static JsonNode read(Response response) throws IOException {
        assertThat(response.statusCode()).as(response.asString()).isIn(200, 201);
        return JSON.readTree(response.asByteArray());
    }

    private JsonNode value(String noun, String member, JsonNode before) throws IOException {
        String unique = Long.toString(tenant.projectId());
        String values = VALUES.replace("#", unique).formatted("0".repeat(32 - unique.length()) + unique);
        JsonNode value = JSON.readTree(values).path(noun).path(member);
        if (!value.isMissingNode()) {
            return value;
        }
        assertThat(before.path(member).isBoolean()).as("no value for " + member).isTrue();
        return JSON.getNodeFactory().booleanNode(!before.path(member).asBoolean());
    }

    /** Members of an object that were not sent keep their values. */
    private static boolean shows(JsonNode answer, String member, JsonNode value) {
        JsonNode shown = answer.path(member);
        return value.isObject() && shown.isObject()
                ? value.properties().stream().allMatch(inner -> inner.getValue().equals(shown.path(inner.getKey())))
                : value.equals(shown);
    }

    private static String minimal(String noun) {
        return switch (noun) {
            case "ApiKey" -> """
                    {"label":"x","scope_list":["org:read"]}""";
            case "ProjectKey" -> "{}";
            default -> """
                    {"name":"x"}""";
        };
    }

    private String list(String noun) {
        String organization = tenant.organization();
        return switch (noun) {
            case "Organization" -> "organizations/";
            case "Team" -> "organizations/" + organization + "/teams/";
            case "Project" -> "teams/" + organization + "/" + tenant.team() + "/projects/";
            case "ProjectKey" -> tenant.keys();
            default -> "organizations/" + organization + "/api-keys/";
        };
    }

    private String item(String noun) {
        return switch (noun) {
            case "Organization" -> tenant.path("organizations/{o}/");
            case "Team" -> tenant.path("teams/{o}/{t}/");
            case "Project" -> tenant.path("projects/{o}/{p}/");
            case "ProjectKey" -> tenant.key(tenant.newKey("{}"));
            default -> {
                String id = Api.operator()
                        .post(list(noun), minimal(noun))
                        .jsonPath()
                        .getString("id");
                yield list(noun) + Objects.requireNonNull(id) + "/";
            }
        };
    }

    private static JsonNode schemas() {
        try {
            return new YAMLMapper()
                    .readTree(Path.of("docs", "openapi", "openapi.yaml").toFile())
                    .at("/components/schemas");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
