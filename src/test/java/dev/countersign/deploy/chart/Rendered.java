package dev.countersign.deploy.chart;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.countersign.deploy.DeployFiles;
import java.util.List;

/**
 * The objects that helm renders for a release called countersign, as the objects of deploy/kubernetes are called.
 *
 * @param all all objects, in the order of helm
 */
record Rendered(List<JsonNode> all) {

    /** Renders the chart with one of its sets of values and more options. */
    static Rendered by(Helm helm, String set, String... options) {
        String output = helm.run(Helm.words(List.of("template", "countersign"), Helm.chartWith(set, options)))
                .succeeded();
        return new Rendered(
                DeployFiles.yaml(output).stream().filter(JsonNode::isObject).toList());
    }

    /** The objects that exist only while the migration runs: they come before its Job and go after it. */
    List<JsonNode> ofTheMigration() {
        return all.stream().filter(Rendered::goesAfterTheMigration).toList();
    }

    /** All other objects, with the Job of the migration. */
    List<JsonNode> others() {
        return all.stream().filter(object -> !goesAfterTheMigration(object)).toList();
    }

    /** The only one of a kind, without those that exist only while the migration runs. */
    JsonNode one(String kind) {
        return one(kind, others());
    }

    static JsonNode one(String kind, List<JsonNode> objects) {
        List<JsonNode> found = objects.stream()
                .filter(object -> object.path("kind").asText().equals(kind))
                .toList();
        assertThat(found).as(kind).hasSize(1);
        return found.get(0);
    }

    static String annotation(JsonNode object, String name) {
        return object.path("metadata").path("annotations").path(name).asText();
    }

    private static boolean goesAfterTheMigration(JsonNode object) {
        return annotation(object, "helm.sh/hook-delete-policy").contains("hook-succeeded");
    }
}
