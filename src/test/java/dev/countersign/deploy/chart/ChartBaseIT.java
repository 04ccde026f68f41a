package dev.countersign.deploy.chart;

import static dev.countersign.deploy.chart.Rendered.annotation;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.countersign.deploy.DeployFiles;
import dev.countersign.deploy.Kustomize;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The chart and the base of deploy/kubernetes are two forms of one deployment. */
@Tag("kubernetes")
class ChartBaseIT {

    private static final Path COMPONENTS = DeployFiles.KUBERNETES.resolve("components");

    private static final Set<String> LABELS_OF_HELM = Set.of(
            "app.kubernetes.io/instance", "app.kubernetes.io/managed-by", "app.kubernetes.io/version", "helm.sh/chart");

    /** The chart writes settings into containers, Kustomize into a ConfigMap. */
    private static final Set<String> MINIMAL_SETTINGS = Set.of("COUNTERSIGN_DB_URL", "COUNTERSIGN_INGEST_ENDPOINT");

    @TempDir
    private Path home;

    private Helm helm;

    @BeforeEach
    void findHelm() {
        helm = Helm.in(home);
    }

    @Test
    void objectsAreThoseOfTheBase() {
        Map<String, JsonNode> base = named(DeployFiles.files(DeployFiles.KUBERNETES.resolve("base"), "").stream()
                .flatMap(file -> DeployFiles.yaml(file).stream())
                .filter(object -> !object.path("kind").asText().equals("Kustomization")));
        Map<String, JsonNode> chart = named(Rendered.by(helm, "minimal").others().stream());

        assertThat(chart.keySet()).hasSize(7).isEqualTo(base.keySet());
        assertThat(chart).allSatisfy((name, object) -> assertThat(object.toPrettyString())
                .as(name)
                .isEqualTo(base.get(name).toPrettyString()));
    }

    @Test
    void serviceMonitorIsThatOfTheComponent() {
        Rendered chart = Rendered.by(helm, "minimal", "--set", "serviceMonitor.enabled=true");

        assertThat(common(chart.one("ServiceMonitor")))
                .isEqualTo(common(file("service-monitor", "service-monitor.yaml")));
    }

    @Test
    void ingressIsThatOfTheComponent() {
        Rendered chart = Rendered.by(
                helm,
                "minimal",
                "--set",
                "ingress.enabled=true,ingress.host=keys.example.com,ingress.tlsSecretName=countersign-tls,"
                        + "ingress.console=true");

        assertThat(common(chart.one("Ingress"))).isEqualTo(common(file("ingress", "ingress.yaml")));
    }

    @ParameterizedTest
    @CsvSource({"gate,8", "issuer,7"})
    void partOfThePodsIsThatOfTheComponent(String part, int objects) throws Exception {
        Rendered chart = Rendered.by(helm, "minimal", "--set", part + ".enabled=true");
        Path overlay = home.resolve("overlay");
        Files.createDirectories(overlay);
        Files.writeString(overlay.resolve("kustomization.yaml"), """
                resources: [%1$s/base]
                components: [%1$s/components/%2$s]
                """.formatted(
                        overlay.relativize(DeployFiles.KUBERNETES.toAbsolutePath()), part));
        Map<String, JsonNode> component = named(Kustomize.render(overlay).stream());

        assertThat(named(chart.others().stream())).hasSize(objects).allSatisfy((name, object) -> assertThat(
                        object.toPrettyString())
                .as(name)
                .isEqualTo(component.get(name).toPrettyString()));
    }

    /** At a first install the migration comes before every other object of the release. */
    @Test
    void migrationBringsItsOwnAccountAndNetworkPolicy() {
        Rendered chart = Rendered.by(helm, "minimal");
        JsonNode job = chart.one("Job");
        JsonNode policy = Rendered.one("NetworkPolicy", chart.ofTheMigration());

        assertThat(annotation(job, "helm.sh/hook")).isEqualTo("pre-install,pre-upgrade");
        assertThat(chart.ofTheMigration()).hasSize(2).allSatisfy(object -> {
            assertThat(annotation(object, "helm.sh/hook")).isEqualTo("pre-install,pre-upgrade");
            assertThat(annotation(object, "helm.sh/hook-weight")).isEqualTo("-1");
            assertThat(object.at("/metadata/name").asText()).isEqualTo("countersign-migration");
        });
        assertThat(common(Rendered.one("ServiceAccount", chart.ofTheMigration()))
                        .at("/automountServiceAccountToken"))
                .hasToString("false");
        assertThat(job.at("/spec/template/spec/serviceAccountName").asText()).isEqualTo("countersign-migration");
        assertThat(policy.at("/spec/podSelector/matchLabels")).isEqualTo(job.at("/spec/template/metadata/labels"));
        assertThat(policy.at("/spec/egress"))
                .isEqualTo(chart.one("NetworkPolicy").at("/spec/egress"));
    }

    private static JsonNode file(String component, String name) {
        return DeployFiles.yaml(COMPONENTS.resolve(Path.of(component, name))).get(0);
    }

    private static Map<String, JsonNode> named(Stream<JsonNode> objects) {
        return objects.collect(Collectors.toMap(
                object -> object.path("kind").asText() + " "
                        + object.at("/metadata/name").asText(),
                ChartBaseIT::common));
    }

    /** A copy without what only one of the two forms has; members of objects, and variables, by name. */
    private static JsonNode common(JsonNode manifest) {
        JsonNode object = DeployFiles.sorted(manifest);
        ((ObjectNode) object.path("metadata")).remove("annotations");
        for (JsonNode labels : object.findParents("app.kubernetes.io/name")) {
            ((ObjectNode) labels).remove(LABELS_OF_HELM);
        }
        for (JsonNode container : object.findParents("image")) {
            ((ObjectNode) container).put("image", "countersign").remove("envFrom");
            ArrayNode variables = (ArrayNode) container.path("env");
            List<JsonNode> kept = DeployFiles.stream(variables)
                    .filter(Predicate.not(variable ->
                            MINIMAL_SETTINGS.contains(variable.path("name").asText())))
                    .sorted(Comparator.comparing(
                            variable -> variable.path("name").asText()))
                    .toList();
            variables.removeAll().addAll(kept);
        }
        if (object.at("/spec/template/spec") instanceof ObjectNode pod) {
            // At a first install the account of the API does not exist yet.
            pod.replace("serviceAccountName", pod.textNode("the account of the pod"));
        }
        return object;
    }
}
