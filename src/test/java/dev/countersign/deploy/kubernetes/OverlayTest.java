package dev.countersign.deploy.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.countersign.deploy.DeployFiles;
import dev.countersign.deploy.Kustomize;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The overlay that people copy, and what documents say about it. */
class OverlayTest {

    /** PostgreSQL's default of max_connections, less those for superusers. */
    private static final int GRANTED = 97;

    /** For announcements and for readiness. */
    private static final int BESIDE_THE_POOL = 2;

    /** One pod that comes, and one that leaves. */
    private static final int PODS_OF_A_ROLLOUT = 2;

    private static final Path EXAMPLE = DeployFiles.KUBERNETES.resolve(Path.of("overlays", "example"));
    private static final String GUIDE = DeployFiles.text(Path.of("deploy", "README.md"));
    private static final Pattern APPLIED = Pattern.compile("kubectl apply -[fk] deploy/kubernetes/overlays/([^/\\s]+)");
    private static final Pattern COPIED =
            Pattern.compile("cp -r deploy/kubernetes/overlays/example deploy/kubernetes/overlays/(\\S+)");

    @Test
    void podsOfTheOverlayStayBelowTheConnectionsOfPostgres() throws Exception {
        List<JsonNode> objects = Kustomize.render(EXAMPLE);
        int pods = maxReplicas(one("HorizontalPodAutoscaler", objects));
        int pool = Integer.parseInt(setting("COUNTERSIGN_DB_POOL_SIZE", objects));
        int needed = needed(pods, pool);

        assertThat(needed).isLessThanOrEqualTo(GRANTED);
        assertThat(DeployFiles.text(EXAMPLE.resolve("replicas.yaml")))
                .contains("# " + pods + " pods, and 2 more during a rollout, with " + pool
                        + " + 2 connections each need " + needed + " connections.");
    }

    @Test
    void podsOfTheBaseStayBelowTheConnectionsOfPostgres() {
        int pods = maxReplicas(DeployFiles.yaml(DeployFiles.KUBERNETES.resolve(Path.of("base", "hpa.yaml")))
                .get(0));
        int pool = defaultPool();

        assertThat(needed(pods, pool)).isLessThanOrEqualTo(GRANTED);
        assertThat(DeployFiles.text(Path.of("docs", "operations.md")))
                .contains(pods + " instances of " + pool + " + 2 are " + pods * (pool + BESIDE_THE_POOL) + ", and "
                        + needed(pods, pool) + " during a rollout");
    }

    @Test
    void instancesOfKnativeStayBelowTheConnectionsOfPostgres() {
        JsonNode service =
                DeployFiles.yaml(Path.of("deploy", "knative", "service.yaml")).get(0);
        String most = service.at("/spec/template/metadata/annotations")
                .path("autoscaling.knative.dev/max-scale")
                .asText();

        assertThat(needed(Integer.parseInt(most), defaultPool())).isLessThanOrEqualTo(GRANTED);
    }

    @Test
    void tracesAreOnAndReachTheirCollector() throws Exception {
        List<JsonNode> objects = Kustomize.render(EXAMPLE);

        assertThat(one("Deployment", objects).toString())
                .contains("{\"name\":\"QUARKUS_OTEL_SDK_DISABLED\",\"value\":\"false\"}");
        assertThat(egressPorts(objects))
                .contains(URI.create(setting("QUARKUS_OTEL_EXPORTER_OTLP_ENDPOINT", objects))
                        .getPort());
    }

    @Test
    void podsReachTheirDatabase() throws Exception {
        List<JsonNode> objects = Kustomize.render(EXAMPLE);

        assertThat(egressPorts(objects))
                .contains(URI.create(setting("COUNTERSIGN_DB_URL", objects)).getPort());
    }

    @Test
    void commandsOfTheGuideApplyTheCopy() {
        List<String> copies =
                COPIED.matcher(GUIDE).results().map(found -> found.group(1)).toList();

        assertThat(copies).hasSize(1).doesNotContain("example");
        assertThat(APPLIED.matcher(GUIDE).results().map((MatchResult found) -> found.group(1)))
                .hasSizeGreaterThanOrEqualTo(3)
                .containsOnly(copies.get(0));
    }

    private static int needed(int pods, int pool) {
        return (pods + PODS_OF_A_ROLLOUT) * (pool + BESIDE_THE_POOL);
    }

    private static int maxReplicas(JsonNode autoscaler) {
        return autoscaler.at("/spec/maxReplicas").asInt();
    }

    private static int defaultPool() {
        MatchResult found = Pattern.compile("(?m)^countersign\\.db\\.pool-size=(\\d+)$")
                .matcher(DeployFiles.text(Path.of("src", "main", "resources", "application.properties")))
                .results()
                .findFirst()
                .orElseThrow();
        return Integer.parseInt(found.group(1));
    }

    private static List<Integer> egressPorts(List<JsonNode> objects) {
        return one("NetworkPolicy", objects).at("/spec/egress").findValues("port").stream()
                .map(JsonNode::asInt)
                .toList();
    }

    private static String setting(String name, List<JsonNode> objects) {
        return one("ConfigMap", objects).path("data").path(name).asText();
    }

    /** The first of a kind. */
    private static JsonNode one(String kind, List<JsonNode> objects) {
        return objects.stream()
                .filter(object -> object.path("kind").asText().equals(kind))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no " + kind));
    }
}
