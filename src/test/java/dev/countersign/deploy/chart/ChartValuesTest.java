package dev.countersign.deploy.chart;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import com.networknt.schema.ValidationMessage;
import dev.countersign.deploy.DeployFiles;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The values of the chart, its schema and its sets of values fit each other. This needs no helm. */
class ChartValuesTest {

    private static final List<String> SETS = Helm.SETS;
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final String VALUES = DeployFiles.text(Helm.CHART.resolve("values.yaml"));
    private static final JsonNode SCHEMA = json(DeployFiles.text(Helm.CHART.resolve("values.schema.json")));
    private static final JsonSchema COMPILED =
            JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V7).getSchema(SCHEMA);

    /** A place in the values whose members the schema lists: empty for the values themselves. */
    static Stream<String> places() {
        return Stream.concat(
                Stream.of(""),
                SCHEMA.path("properties").properties().stream()
                        .map(Map.Entry::getKey)
                        .filter(ChartValuesTest::isGroup)
                        .map(name -> "/" + name));
    }

    @ParameterizedTest
    @FieldSource("SETS")
    void setOfValuesFitsTheSchema(String set) {
        assertThat(complaints(merged(set))).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("places")
    void unknownValueIsRefused(String place) {
        ObjectNode values = merged("everything");
        ((ObjectNode) values.at(place)).put("colour", "red");

        assertThat(complaints(values)).singleElement().asString().contains("colour");
    }

    @Test
    void defaultsAloneLackTheDatabaseAndTheIngestEndpoint() {
        assertThat(complaints(values("values.yaml")))
                .hasSize(2)
                .anySatisfy(complaint -> assertThat(complaint).asString().contains("COUNTERSIGN_DB_URL"))
                .anySatisfy(complaint -> assertThat(complaint).asString().contains("COUNTERSIGN_INGEST_ENDPOINT"));
    }

    @Test
    void everyValueOfTheSchemaHasADefault() {
        Set<String> known = names(SCHEMA, schema -> schema.path("properties"));
        known.remove("/global");

        assertThat(names(values("values.yaml"), UnaryOperator.identity())).isEqualTo(known);
    }

    /** ChartRenderIT switches the console on, and the migration and the network policy off. */
    @Test
    void everyOtherValueIsUnlikeItsDefaultInOneSet() {
        ObjectNode defaults = values("values.yaml");
        List<ObjectNode> sets = SETS.stream().map(ChartValuesTest::merged).toList();

        assertThat(names(defaults, UnaryOperator.identity()))
                .filteredOn(name -> sets.stream().allMatch(set -> set.at(name).equals(defaults.at(name))))
                .containsExactly("/ingress/console", "/migration/enabled", "/networkPolicy/enabled");
    }

    @Test
    void everyValueIsExplainedInALineAboveIt() {
        List<String> lines = VALUES.lines().toList();
        List<String> unexplained = new ArrayList<>();
        int explained = Integer.MAX_VALUE;
        for (int i = 1; i < lines.size(); i++) {
            String line = lines.get(i);
            int indentation = line.length() - line.stripLeading().length();
            if (line.isBlank() || isComment(line) || indentation > explained) {
                continue;
            }
            boolean isExplained = isComment(lines.get(i - 1));
            explained = isExplained ? indentation : Integer.MAX_VALUE;
            boolean isGroup = line.endsWith(":") && isComment(lines.get(i + 1));
            if (!isExplained && !isGroup) {
                unexplained.add(line);
            }
        }

        assertThat(unexplained).isEmpty();
    }

    private static boolean isComment(String line) {
        return line.stripLeading().startsWith("# ");
    }

    /** The paths of all values: of a group, those of its members. */
    private static Set<String> names(JsonNode tree, UnaryOperator<JsonNode> members) {
        Set<String> names = new TreeSet<>();
        members.apply(tree).properties().forEach(member -> {
            String name = "/" + member.getKey();
            if (isGroup(member.getKey())) {
                members.apply(member.getValue()).fieldNames().forEachRemaining(inner -> names.add(name + "/" + inner));
            } else {
                names.add(name);
            }
        });
        return names;
    }

    /** Whether the schema lists the members of a value. */
    private static boolean isGroup(String name) {
        return SCHEMA.path("properties").path(name).path("additionalProperties").isBoolean();
    }

    private static List<ValidationMessage> complaints(JsonNode values) {
        return List.copyOf(COMPILED.validate(values));
    }

    /** The default values with those of a set in their place, as helm merges them. */
    private static ObjectNode merged(String set) {
        ObjectNode values = values("values.yaml");
        merge(values, values("ci/" + set + "-values.yaml"));
        return values;
    }

    private static void merge(ObjectNode values, ObjectNode more) {
        for (Map.Entry<String, JsonNode> member : more.properties()) {
            if (values.get(member.getKey()) instanceof ObjectNode inner
                    && member.getValue() instanceof ObjectNode innerMore) {
                merge(inner, innerMore);
            } else {
                values.set(member.getKey(), member.getValue());
            }
        }
    }

    private static ObjectNode values(String file) {
        return (ObjectNode) DeployFiles.yaml(Helm.CHART.resolve(file)).get(0);
    }

    private static JsonNode json(String text) {
        try {
            return MAPPER.readTree(text);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
