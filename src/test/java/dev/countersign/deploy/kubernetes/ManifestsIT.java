package dev.countersign.deploy.kubernetes;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.countersign.deploy.DeployFiles;
import dev.countersign.deploy.Kustomize;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A Kubernetes API takes every manifest. The server applies it strictly, as a dry run. */
@OnACluster
class ManifestsIT {

    private static final Path BASE = DeployFiles.KUBERNETES.resolve("base");

    @RegisterExtension
    static final Cluster CLUSTER = new Cluster();

    /** The objects of base, overlay and each component, as Kustomize renders them, and those of Knative. */
    static Stream<Named<JsonNode>> objects() throws Exception {
        Stream.Builder<Named<JsonNode>> objects = Stream.builder();
        for (Path kustomization : DeployFiles.kustomizations()) {
            add(objects, kustomization.getParent(), Kustomize.render(kustomization.getParent()));
        }
        Path knative = Path.of("deploy", "knative", "service.yaml");
        add(objects, knative, DeployFiles.yaml(DeployFiles.text(knative)));
        return objects.build();
    }

    @ParameterizedTest
    @MethodSource("objects")
    void serverTakesAnObject(JsonNode object) {
        assumeTrue(CLUSTER.knows(object), object.path("kind").asText() + " is not installed in this cluster");

        assertThatCode(() -> CLUSTER.tryToApply(object)).doesNotThrowAnyException();
    }

    @Test
    void serverRefusesAnUnknownField() throws Exception {
        JsonNode service = Kustomize.render(BASE).stream()
                .filter(object -> object.path("kind").asText().equals("Service"))
                .findFirst()
                .orElseThrow();
        ((ObjectNode) service.path("spec")).put("reddyness", 1);

        assertThatThrownBy(() -> CLUSTER.tryToApply(service))
                .isInstanceOf(KubernetesClientException.class)
                .hasMessageContaining("reddyness");
    }

    private static void add(Stream.Builder<Named<JsonNode>> objects, Path from, List<JsonNode> found) {
        found.forEach(object -> objects.add(Named.of(
                from + " " + object.path("kind").asText() + " "
                        + object.at("/metadata/name").asText(),
                object)));
    }
}
