package dev.countersign.declaration.schema;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Everything that the API can set can be declared: each member of each body that a POST or PUT takes is a member of a document,
 * or stands here with the reason why it is not.
 */
class DeclarableMembersTest {

    private static final Set<String> METHODS = Set.of("post", "put");

    /** Relays ask and report by POST: these set nothing that a document could declare. */
    private static final String QUESTIONS = "/api/0/relays/";

    /** The kinds of objects in a document, by the names of the bodies in the OpenAPI document. */
    private static final Map<String, String> KINDS = Map.ofEntries(
            Map.entry("OrganizationCreate", "organization"),
            Map.entry("OrganizationUpdate", "organization"),
            Map.entry("TeamCreate", "team"),
            Map.entry("TeamUpdate", "team"),
            Map.entry("ProjectCreate", "project"),
            Map.entry("ProjectUpdate", "project"),
            Map.entry("ProjectKeyCreate", "key"),
            Map.entry("ProjectKeyUpdate", "key"),
            Map.entry("NamedKeyPut", "key"),
            Map.entry("ApiKeyCreate", "apiKey"),
            Map.entry("ApiKeyUpdate", "apiKey"));

    /** Bodies, and members of bodies, that no document declares, each with the reason. */
    private static final Map<String, String> NOT_DECLARED = Map.of(
            "OrganizationCreate.slug", "A document names the organization by its member organization.",
            "OrganizationUpdate.slug", "A document names the organization by its member organization.",
            "ProjectCreate.default_rules", "The service accepts it without effect.",
            "ProjectUpdate.isBookmarked", "The service accepts it without effect.",
            "ProjectKeyRotation", "A rotation is an act, not a state: a document would rotate with each run.");

    private final JsonNode openApi = openApi();

    @Test
    void everyMemberOfTheApiIsDeclaredOrLeftOutForAReason() {
        List<String> missing = new ArrayList<>();
        bodies().forEach((body, members) -> {
            String kind = KINDS.get(body);
            if (kind == null && !NOT_DECLARED.containsKey(body)) {
                missing.add(body);
            } else if (kind != null) {
                members.stream()
                        .filter(member -> !ApplySchema.members(kind).contains(member))
                        .map(member -> body + "." + member)
                        .filter(member -> !NOT_DECLARED.containsKey(member))
                        .forEach(missing::add);
            }
        });

        assertThat(missing).isEmpty();
    }

    @Test
    void noReasonIsLeftOfWhatTheApiDoesNotHave() {
        Set<String> known = new HashSet<>();
        bodies().forEach((body, members) -> {
            known.add(body);
            members.forEach(member -> known.add(body + "." + member));
        });

        assertThat(known).containsAll(NOT_DECLARED.keySet()).containsAll(KINDS.keySet());
    }

    /** The members of each body that a POST or PUT takes, by the name of the body. */
    private Map<String, Set<String>> bodies() {
        Map<String, Set<String>> bodies = new TreeMap<>();
        for (Map.Entry<String, JsonNode> path : openApi.get("paths").properties()) {
            path.getValue().properties().stream()
                    .filter(operation -> !path.getKey().startsWith(QUESTIONS))
                    .filter(operation -> METHODS.contains(operation.getKey()))
                    .flatMap(operation -> schema(operation.getValue().path("requestBody")))
                    .forEach(body -> bodies.put(body, members(body)));
        }
        assertThat(bodies).isNotEmpty();
        return bodies;
    }

    /** The name of the schema of a body in JSON; forms have the same members. */
    private static Stream<String> schema(JsonNode body) {
        JsonNode json = body.at("/content/application~1json/schema");
        String name = json.path("$ref").asText().replaceFirst(".*/", "");
        assertThat(body.isMissingNode() || !name.isEmpty())
                .as("a body is JSON and has a named schema")
                .isTrue();
        return Stream.of(name).filter(text -> !text.isEmpty());
    }

    private Set<String> members(String body) {
        Set<String> members = new TreeSet<>();
        openApi.at("/components/schemas/" + body + "/properties").fieldNames().forEachRemaining(members::add);
        assertThat(members).as(body).isNotEmpty();
        return members;
    }

    private static JsonNode openApi() {
        try {
            return new YAMLMapper().readTree(Files.readString(Path.of("docs/openapi/openapi.yaml")));
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
