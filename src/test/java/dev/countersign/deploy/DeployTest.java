package dev.countersign.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The deployment files fit the service, its images and each other. */
class DeployTest {

    private static final Pattern VARIABLE = Pattern.compile("COUNTERSIGN_[A-Z0-9_]+");
    private static final JsonNode COMPOSE =
            DeployFiles.yaml(DeployFiles.COMPOSE).get(0);

    static Stream<Named<JsonNode>> workloads() {
        return DeployFiles.workloads().stream()
                .map(workload -> Named.of(
                        workload.path("apiVersion").asText() + " "
                                + workload.path("kind").asText(),
                        workload));
    }

    @Test
    void everyNamedVariableIsASetting() {
        List<String> named = Stream.of(DeployFiles.files(DeployFiles.DEPLOY, ""), DeployFiles.dockerfiles())
                .flatMap(List::stream)
                .flatMap(file -> VARIABLE.matcher(DeployFiles.text(file)).results())
                .map(MatchResult::group)
                .toList();

        assertThat(named).contains("COUNTERSIGN_DB_URL", "COUNTERSIGN_INGEST_ENDPOINT");
        assertThat(SettingNames.environment()).containsAll(new TreeSet<>(named));
    }

    @Test
    void everyFileNamedByAKustomizationExists() {
        assertThat(DeployFiles.kustomizations()).isNotEmpty();
        for (Path file : DeployFiles.kustomizations()) {
            JsonNode kustomization = DeployFiles.yaml(file).get(0);
            List<Path> named = Stream.of(
                            DeployFiles.stream(kustomization.path("resources")),
                            DeployFiles.stream(kustomization.path("components")),
                            kustomization.path("patches").findValues("path").stream())
                    .flatMap(paths -> paths)
                    .map(name -> file.resolveSibling(name.asText()))
                    .toList();
            List<JsonNode> inline = kustomization.path("patches").findValues("patch");

            assertThat(named).as(file.toString()).allMatch(Files::exists);
            assertThat(named.size() + inline.size()).as(file.toString()).isPositive();
        }
    }

    @Test
    void lambdaDeploysTheBuiltArchive() {
        assertThat(DeployFiles.text(DeployFiles.LAMBDA)).contains("CodeUri: ../../target/function.zip");
    }

    @ParameterizedTest
    @MethodSource("workloads")
    void containersRunWithLeastPrivilege(JsonNode workload) {
        JsonNode pod = workload.at("/spec/template/spec");
        JsonNode container = pod.at("/containers/0");
        JsonNode own = container.path("securityContext");
        JsonNode user = own.has("runAsNonRoot") ? own : pod.path("securityContext");

        assertThat(pod.path("containers")).hasSize(1);
        assertThat(own.path("allowPrivilegeEscalation")).hasToString("false");
        assertThat(own.path("readOnlyRootFilesystem")).hasToString("true");
        assertThat(own.at("/capabilities/drop")).hasToString("""
                ["ALL"]""");
        assertThat(user.path("runAsNonRoot")).hasToString("true");
        assertThat(user.at("/seccompProfile/type").asText()).isEqualTo("RuntimeDefault");
        assertThat(pod.path("automountServiceAccountToken")).hasToString("false");
        assertThat(container.at("/resources/limits/memory").asText()).isNotEmpty();
    }

    @Test
    void composeServicesRunWithLeastPrivilege() {
        for (String name : List.of("countersign", "migration")) {
            JsonNode service = COMPOSE.at("/services/" + name);

            assertThat(service.path("read_only")).as(name).hasToString("true");
            assertThat(service.path("tmpfs")).as(name).hasToString("""
                    ["/tmp"]""");
            assertThat(service.path("cap_drop")).as(name).hasToString("""
                    ["ALL"]""");
            assertThat(service.path("security_opt")).as(name).hasToString("""
                    ["no-new-privileges:true"]""");
        }
    }

    @Test
    void selectorsMatchTheApiAndNameNoVersion() {
        List<JsonNode> selectors = DeployFiles.manifests().stream()
                .map(manifest -> manifest.at("/spec/selector"))
                .filter(selector -> !selector.isMissingNode())
                .map(selector -> selector.path("matchLabels").isMissingNode() ? selector : selector.path("matchLabels"))
                .toList();

        assertThat(selectors).hasSizeGreaterThanOrEqualTo(3).allSatisfy(selector -> assertThat(selector)
                .hasToString("""
                        {"app.kubernetes.io/name":"countersign","app.kubernetes.io/component":"api"}"""));
    }

    @Test
    void probesUseTheHealthPaths() {
        List<JsonNode> probes = DeployFiles.workloads().stream()
                .flatMap(workload -> workload.findValues("httpGet").stream())
                .toList();

        assertThat(probes)
                .extracting(probe -> probe.path("path").asText())
                .containsOnly("/q/health/started", "/q/health/live", "/q/health/ready");
        assertThat(probes)
                .extracting(probe -> probe.path("port").asText("http"))
                .containsOnly("http");
        assertThat(COMPOSE.at("/services/countersign/healthcheck/test").toString())
                .contains("/127.0.0.1/8080 ", "GET /q/health/ready ");
    }

    @Test
    void migrationRunsAsASeparateStep() {
        assertThat(DeployFiles.yaml(DeployFiles.KUBERNETES.resolve(Path.of("base", "migration-job.yaml")))
                        .toString())
                .contains("""
                        {"name":"COUNTERSIGN_MIGRATE","value":"only"}""");
        assertThat(COMPOSE.at("/services/migration/environment/COUNTERSIGN_MIGRATE")
                        .asText())
                .isEqualTo("only");
        assertThat(COMPOSE.at("/services/countersign/depends_on/migration/condition")
                        .asText())
                .isEqualTo("service_completed_successfully");
    }
}
