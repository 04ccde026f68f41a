package dev.countersign.deploy.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.countersign.deploy.DeployFiles;
import dev.countersign.deploy.Kustomize;
import dev.countersign.testsupport.OwnService;
import io.fabric8.kubernetes.client.Config;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** The recipe {@code dsn-job}: the command of its Job runs here, with the token of its service account. */
@OnACluster
class DsnJobIT {

    @RegisterExtension
    static final OwnService SERVICE = new OwnService(Map.of());

    @RegisterExtension
    static final Cluster CLUSTER = new Cluster();

    private static Shop shop;

    @TempDir
    private Path folder;

    private String project;

    @BeforeAll
    static void start() throws Exception {
        Kustomize.assumeInstalled("kubectl");
        Kustomize.assumeInstalled("curl");
        shop = Shop.open(CLUSTER, SERVICE.get());
    }

    @BeforeEach
    void createProject() {
        project = shop.newProject();
        CLUSTER.apply(shop.recipe("dsn-job/rights.yaml", project));
    }

    @Test
    void theSecretHasTheVariablesAndFollowsAtTheNextRun() throws Exception {
        JsonNode first = shop.newKey(project, "production");
        String token = shop.newApiKey("project:read");

        run(token).expectSuccess();
        assertThat(CLUSTER.secret(project + "-env")).isEqualTo(shop.variables(project));
        shop.remove(project, first);
        shop.newKey(project, "production");
        run(token).expectSuccess();
        assertThat(CLUSTER.secret(project + "-env")).isEqualTo(shop.variables(project));
    }

    @Test
    void aRefusedRequestLeavesTheSecretAsItIs() throws Exception {
        shop.newKey(project, "production");
        run(shop.newApiKey("project:read")).expectSuccess();
        Map<String, String> before = CLUSTER.secret(project + "-env");

        assertThat(run("no-such-token").status()).isNotZero();
        assertThat(CLUSTER.secret(project + "-env")).hasSize(7).isEqualTo(before);
    }

    /** Runs the command of the Job, with the files that it names in the folder of the test. */
    private Ended run(String token) throws Exception {
        Files.writeString(folder.resolve("token"), token);
        Files.writeString(folder.resolve("kubeconfig"), kubeconfig());
        JsonNode command = DeployFiles.yaml(shop.recipe("dsn-job/job.yaml", project))
                .get(0)
                .at("/spec/template/spec/containers/0/command");
        String script =
                command.path(2).asText().replace("/tmp/", folder + "/").replace("/etc/countersign/", folder + "/");
        ProcessBuilder builder = new ProcessBuilder(
                        command.path(0).asText(), command.path(1).asText(), script)
                .redirectErrorStream(true);
        builder.environment().put("KUBECONFIG", folder.resolve("kubeconfig").toString());
        Process process = builder.start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(output).doesNotContain(token);
        return new Ended(process.waitFor(), output);
    }

    /** What a pod has: the address of the API, the token of the service account, the namespace. */
    private String kubeconfig() {
        Config config = CLUSTER.client().getConfiguration();
        String authority = config.getCaCertData() == null
                ? "certificate-authority: " + config.getCaCertFile()
                : "certificate-authority-data: " + config.getCaCertData();
        String token = CLUSTER.client()
                .serviceAccounts()
                .inNamespace(CLUSTER.namespace())
                .withName(project + "-env")
                .tokenRequest()
                .getStatus()
                .getToken();
        return """
                apiVersion: v1
                kind: Config
                clusters: [{name: test, cluster: {server: "%s", %s}}]
                users: [{name: test, user: {token: "%s"}}]
                contexts: [{name: test, context: {cluster: test, user: test, namespace: %s}}]
                current-context: test
                """.formatted(config.getMasterUrl(), authority, token, CLUSTER.namespace());
    }

    private record Ended(int status, String output) {

        void expectSuccess() {
            assertThat(status).as(output).isZero();
        }
    }
}
