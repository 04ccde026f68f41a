package dev.countersign.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Deployment files name secrets and hold none. */
class SecretsTest {

    private static final Pattern SECRET = Pattern.compile("[A-Z_]*(PASSWORD|TOKEN)");
    private static final Pattern LAMBDA_VARIABLE = Pattern.compile("(?m)^ +(\\w+(?:PASSWORD|TOKEN)): (.+)$");

    @Test
    void workloadsReadTheirSecretsFromOneSecret() {
        List<JsonNode> variables = DeployFiles.workloads().stream()
                .flatMap(workload -> workload.findValues("env").stream().flatMap(DeployFiles::stream))
                .filter(variable ->
                        SECRET.matcher(variable.path("name").asText()).matches())
                .toList();

        assertThat(variables).isNotEmpty().allSatisfy(variable -> {
            assertThat(variable.has("value")).isFalse();
            assertThat(variable.at("/valueFrom/secretKeyRef/name").asText()).isEqualTo("countersign-secrets");
        });
    }

    @Test
    void noManifestHoldsASecret() {
        assertThat(DeployFiles.manifests())
                .isNotEmpty()
                .noneMatch(manifest -> manifest.path("kind").asText().equals("Secret"));
        assertThat(DeployFiles.kustomizations()).isNotEmpty().noneMatch(file -> DeployFiles.text(file)
                .contains("secretGenerator"));
    }

    @Test
    void composeRequiresItsSecrets() {
        JsonNode compose = DeployFiles.yaml(DeployFiles.COMPOSE).get(0);
        List<String> values = DeployFiles.stream(compose.path("services"))
                .flatMap(service -> service.path("environment").properties().stream())
                .filter(variable -> SECRET.matcher(variable.getKey()).matches())
                .map(Map.Entry::getValue)
                .map(JsonNode::asText)
                .toList();

        assertThat(values).hasSize(4).allMatch(value -> value.startsWith("${COUNTERSIGN_") && value.contains(":?"));
    }

    @Test
    void lambdaResolvesItsSecretsAtDeployment() {
        assertThat(LAMBDA_VARIABLE.matcher(DeployFiles.text(DeployFiles.LAMBDA)).results())
                .hasSize(2)
                .allMatch(variable -> variable.group(2).contains("{{resolve:secretsmanager:"));
    }

    @Test
    void guideCreatesEverySecretOfAWorkload() {
        String guide = DeployFiles.text(DeployFiles.DEPLOY.resolve("README.md"));
        List<String> keys = DeployFiles.workloads().stream()
                .flatMap(workload -> workload.findValuesAsText("key").stream())
                .distinct()
                .toList();

        assertThat(keys).hasSize(3).allMatch(key -> guide.contains("--from-literal=" + key + "="));
    }
}
