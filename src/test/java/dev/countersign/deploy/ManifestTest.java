package dev.countersign.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every Kubernetes object is valid, in the files and as Kustomize renders it. */
class ManifestTest {

    private static final Path OVERLAY = DeployFiles.KUBERNETES.resolve(Path.of("overlays", "example"));

    static Stream<Named<JsonNode>> manifests() {
        return DeployFiles.manifests().stream()
                .filter(manifest -> !Manifests.isJudgedByItsOwnSchema(manifest))
                .map(manifest -> Named.of(
                        manifest.path("apiVersion").asText() + " "
                                + manifest.path("kind").asText(),
                        manifest));
    }

    @ParameterizedTest
    @MethodSource("manifests")
    void manifestsHaveOnlyFieldsOfTheirKind(JsonNode manifest) throws IOException {
        assertThat(Manifests.read(manifest)).isNotNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "/metadata",
                "/spec",
                "/spec/template/spec",
                "/spec/template/spec/containers/0/readinessProbe"
            })
    void unknownFieldIsFound(String place) {
        List<JsonNode> changed = DeployFiles.workloads().stream()
                .<JsonNode>map(workload -> workload.deepCopy())
                .filter(workload -> workload.at(place) instanceof ObjectNode)
                .toList();

        assertThat(changed).isNotEmpty().allSatisfy(workload -> {
            ((ObjectNode) workload.at(place)).put("reddyness", 1);
            assertThatThrownBy(() -> Manifests.read(workload)).isInstanceOf(UnrecognizedPropertyException.class);
        });
    }

    /** Health and metrics have no path. */
    @Test
    void ingressPassesTheApiTheLoaderAndTheConsole() {
        assertThat(DeployFiles.manifests().stream()
                        .filter(manifest -> manifest.path("kind").asText().equals("Ingress"))
                        .flatMap(ingress -> ingress.findValuesAsText("path").stream()))
                .containsExactly("/api/0/", "/api/countersign/", "/js-sdk-loader/", "/js-sdk/", "/console/");
    }

    /** Without trusted proxies, all clients behind an ingress count as one address. */
    @Test
    void deploymentsBehindAnIngressNameTheirProxies() throws IOException {
        for (Path file : List.of(OVERLAY.resolve("kustomization.yaml"), Path.of("deploy", "knative", "README.md"))) {
            assertThat(Files.readString(file))
                    .as(file.toString())
                    .containsPattern("COUNTERSIGN_TRUSTED_PROXIES=[0-9.]+");
        }
    }

    @Test
    void kustomizeRendersTheExample() throws IOException, InterruptedException {
        List<JsonNode> rendered = Kustomize.render(OVERLAY);

        for (JsonNode manifest : rendered) {
            assertThat(Manifests.read(manifest)).isNotNull();
        }
        assertThat(rendered)
                .extracting(object -> object.path("kind").asText())
                .contains("Deployment", "Job", "ConfigMap");
        assertThat(rendered.stream().flatMap(object -> object.findValuesAsText("image").stream()))
                .hasSize(2)
                .allMatch(image -> image.matches("registry\\.example\\.com/countersign:[0-9.]+"));
        assertThat(rendered.stream().flatMap(object -> object.findValues("configMapRef").stream()))
                .hasSize(2)
                .allMatch(reference -> reference.path("name").asText().matches("countersign-config-[a-z0-9]+"));
    }
}
