package dev.countersign.deploy.chart;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.deploy.DeployFiles;
import dev.countersign.deploy.kubernetes.OnACluster;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The chart on a real Kubernetes API: {@code ./mvnw verify -Pkubernetes}. {@link Release} says what the cluster need not have. */
@OnACluster
class ChartInstallIT {

    private static final String IMAGE = "{.spec.template.spec.containers[0].image}";
    private static final String POD = "{.spec.template}";
    private static final String DEPLOYMENT = "deployment/countersign";

    @TempDir
    private Path home;

    private Release release;

    @BeforeEach
    void makeNamespace() {
        release = new Release(Helm.in(home), home);
    }

    @AfterEach
    void removeNamespace() {
        release.close();
    }

    @Test
    void installMigratesBeforeAnythingElseExists() {
        Release.Migrating install = release.migrating("install", "minimal");
        assertThat(release.objects())
                .containsExactly(
                        "Job/countersign-migration",
                        "NetworkPolicy/countersign-migration",
                        "ServiceAccount/countersign-migration");

        install.succeed().succeeded();
        assertThat(release.objects())
                .containsExactly(
                        "Deployment/countersign",
                        "HorizontalPodAutoscaler/countersign",
                        "Job/countersign-migration",
                        "NetworkPolicy/countersign",
                        "PodDisruptionBudget/countersign",
                        "Service/countersign",
                        "ServiceAccount/countersign");
    }

    @Test
    void failedInstallLeavesNoPods() {
        Command failed = release.migrating("install", "minimal").fail();

        assertThat(failed.status()).isNotZero();
        assertThat(failed.errors()).contains("countersign-migration");
        assertThat(release.objects()).containsExactly("Job/countersign-migration");
    }

    @Test
    void upgradeMigratesAgainAndReplacesPods() {
        release.migrated("install", "minimal");
        Release.Migrating upgrade = release.migrating("upgrade", "production", "--set", "image.tag=0.2.0");
        assertThat(release.read(DEPLOYMENT, IMAGE)).endsWith(":0.1.0");

        upgrade.succeed().succeeded();
        assertThat(release.read(DEPLOYMENT, IMAGE)).endsWith(":0.2.0");
        assertThat(release.read("horizontalpodautoscaler/countersign", "{.spec.maxReplicas}"))
                .isEqualTo("7");
        assertThat(release.objects()).contains("Ingress/countersign");
    }

    @Test
    void failedMigrationLeavesTheOldVersionAsItIs() {
        release.migrated("install", "minimal");
        String pod = release.read(DEPLOYMENT, POD);

        Command failed = release.migrating("upgrade", "minimal", "--set", "image.tag=0.2.0")
                .fail();
        assertThat(failed.status()).isNotZero();
        assertThat(release.read(DEPLOYMENT, POD)).isEqualTo(pod);

        release.migrated("upgrade", "minimal", "--set", "image.tag=0.2.1");
        assertThat(release.read(DEPLOYMENT, IMAGE)).endsWith(":0.2.1");
    }

    @Test
    void rollbackRestoresThePodsAndRunsNoMigration() {
        release.migrated("install", "minimal");
        String pod = release.read(DEPLOYMENT, POD);
        release.migrated("upgrade", "production", "--set", "image.tag=0.2.0");
        String migration = release.job();

        release.helm("rollback", List.of("1", "--timeout", "60s")).succeeded();

        assertThat(release.read(DEPLOYMENT, POD)).isEqualTo(pod);
        assertThat(release.job()).isEqualTo(migration);
        assertThat(release.objects()).doesNotContain("Ingress/countersign");
    }

    @Test
    void uninstallLeavesTheSecretAndTheLastMigration() {
        release.migrated("install", "production");

        release.helm("uninstall", List.of("--timeout", "60s")).succeeded();

        assertThat(release.objects()).containsExactly("Job/countersign-migration");
        assertThat(release.read("secret/countersign-secrets", "{.metadata.name}"))
                .isEqualTo("countersign-secrets");
    }

    /** Of a ServiceMonitor only a cluster that knows this kind can judge. */
    @Test
    void everyValueIsAcceptedByTheCluster() {
        boolean monitored = !release.read("crd/servicemonitors.monitoring.coreos.com", "{.metadata.name}")
                .isEmpty();

        release.withChart("install", "everything", "--no-hooks", "--set", "serviceMonitor.enabled=" + monitored)
                .succeeded();

        assertThat(release.read("deployment/dsn-keys", "{.spec.replicas}")).isEqualTo("3");
        if (monitored) {
            assertThat(release.read("servicemonitor/dsn-keys", "{.spec.endpoints[0].interval}"))
                    .isEqualTo("15s");
        }
    }

    @Test
    void notesSayHowToReadTheToken() {
        String notes = release.migrated("install", "minimal");
        String command = notes.lines()
                .filter(line -> line.contains("get secret"))
                .findFirst()
                .orElseThrow();

        assertThat(release.pasted(command)).isEqualTo(Release.TOKEN);
        assertThat(notes).contains("rollout status " + DEPLOYMENT, "port-forward service/countersign 8080:80");
    }

    /** The pods of an API server alone never start, so the last command of the guide would wait for ever. */
    @Test
    void commandsOfTheGuideReadAndReplaceTheToken() {
        release.migrated("install", "minimal");
        List<String> commands = commands("### Operator token");
        assertThat(commands).hasSize(2);

        assertThat(release.pasted(commands.get(0))).isEqualTo(Release.TOKEN);
        release.pasted(commands.get(1)
                .lines()
                .filter(line -> !line.contains("rollout status"))
                .collect(Collectors.joining("\n")));

        assertThat(release.pasted(commands.get(0))).matches("[0-9a-f]{64}");
        assertThat(release.read(DEPLOYMENT, "{.spec.template.metadata.annotations}"))
                .contains("restartedAt");
    }

    /** The blocks of commands below a heading of the guide. */
    private static List<String> commands(String heading) {
        String guide = DeployFiles.text(Path.of("deploy", "README.md"));
        String section = guide.substring(guide.indexOf(heading) + heading.length());
        section = section.substring(0, section.indexOf("\n#"));
        return Pattern.compile("(?m)(?:^ {4}.*\n)+")
                .matcher(section)
                .results()
                .map(MatchResult::group)
                .toList();
    }
}
