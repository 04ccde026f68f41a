package dev.countersign.deploy.chart;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.countersign.deploy.Manifests;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.FieldSource;

/** What helm makes of the chart, without a cluster: {@code ./mvnw verify -Pkubernetes}. */
@Tag("kubernetes")
class ChartRenderIT {

    private static final List<String> SETS = Helm.SETS;

    @TempDir
    private Path home;

    private Helm helm;

    @BeforeEach
    void findHelm() {
        helm = Helm.in(home);
    }

    @ParameterizedTest
    @FieldSource("SETS")
    void lintFindsNothing(String set) {
        assertThat(helm.run(Helm.words(List.of("lint", "--strict"), Helm.chartWith(set)))
                        .succeeded())
                .contains("0 chart(s) failed")
                .doesNotContain("[WARNING]", "[ERROR]");
    }

    @ParameterizedTest
    @FieldSource("SETS")
    void everyObjectHasTheFieldsOfItsKindAndNoOther(String set) throws Exception {
        List<JsonNode> objects = Rendered.by(helm, set).all();

        assertThat(objects).hasSizeGreaterThanOrEqualTo(8);
        for (JsonNode object : objects) {
            assertThat(Manifests.read(object)).isNotNull();
        }
    }

    @ParameterizedTest
    @FieldSource("SETS")
    void everyObjectBelongsToTheRelease(String set) {
        assertThat(Rendered.by(helm, set).all())
                .extracting(object -> object.at("/metadata/labels"))
                .allSatisfy(labels -> {
                    assertThat(labels.path("app.kubernetes.io/name").asText()).isEqualTo("countersign");
                    assertThat(labels.path("app.kubernetes.io/instance").asText())
                            .isEqualTo("countersign");
                    assertThat(labels.path("app.kubernetes.io/managed-by").asText())
                            .isEqualTo("Helm");
                });
    }

    @ParameterizedTest
    @CsvSource({
        "migration.enabled, Job",
        "networkPolicy.enabled, NetworkPolicy",
        "autoscaling.enabled, HorizontalPodAutoscaler"
    })
    void partThatIsSwitchedOffIsLeftOut(String value, String kind) {
        assertThat(Rendered.by(helm, "minimal", "--set", value + "=false").all())
                .isNotEmpty()
                .noneMatch(object -> object.path("kind").asText().equals(kind));
    }

    @Nested
    class Production {

        private Rendered chart;

        @BeforeEach
        void renderProduction() {
            chart = Rendered.by(helm, "production");
        }

        @Test
        void networkPolicyOpensThePortsOfDatabaseAndCollector() {
            assertThat(egressPorts(chart)).containsExactly(53, 53, 5432, 5433, 4317);
        }

        @Test
        void migrationLogsInByASecretOfItsOwn() {
            assertThat(secrets(chart.one("Job"))).containsOnly("countersign-migration-secrets");
            assertThat(secrets(chart.one("Deployment"))).containsOnly("countersign-secrets");
        }

        @Test
        void ingressPassesTheApiAndTheLoaderAndNothingElse() {
            JsonNode rule = chart.one("Ingress").at("/spec/rules/0");

            assertThat(rule.path("host").asText()).isEqualTo("keys.example.com");
            assertThat(rule.findValuesAsText("path"))
                    .containsExactly("/api/0/", "/api/countersign/", "/js-sdk-loader/", "/js-sdk/");
        }

        @Test
        void ingressPassesTheConsoleOnlyIfAsked() {
            assertThat(Rendered.by(helm, "production", "--set", "ingress.console=true")
                            .one("Ingress")
                            .at("/spec/rules/0")
                            .findValuesAsText("path"))
                    .containsExactly("/api/0/", "/api/countersign/", "/js-sdk-loader/", "/js-sdk/", "/console/");
        }

        @Test
        void authoritiesOfTheDatabaseAreMountedInBothPods() {
            assertThat(List.of(chart.one("Job"), chart.one("Deployment")))
                    .allSatisfy(workload ->
                            assertThat(workload.findValuesAsText("mountPath")).contains("/etc/countersign-database"));
        }
    }

    @Nested
    class Everything {

        private Rendered chart;

        @BeforeEach
        void renderEverything() {
            chart = Rendered.by(helm, "everything");
        }

        @Test
        void digestDecidesInPlaceOfTheTag() {
            assertThat(chart.all().stream().flatMap(object -> object.findValuesAsText("image").stream()))
                    .hasSize(2)
                    .allMatch(image -> image.matches("registry\\.example\\.com/team/countersign@sha256:[0-9a-f]{64}"));
        }

        @Test
        void numberOfPodsIsSetWhereNoAutoscalerSetsIt() {
            assertThat(chart.one("Deployment").at("/spec/replicas").asInt()).isEqualTo(3);
            assertThat(chart.all())
                    .extracting(object -> object.path("kind").asText())
                    .doesNotContain("HorizontalPodAutoscaler", "PodDisruptionBudget");
        }

        @Test
        void portsThatUrlsLeaveOutAreTheUsualOnes() {
            assertThat(egressPorts(chart)).containsExactly(53, 53, 5432, 443, 443, 443, 6443);
        }

        @Test
        void gateIsOpenToItsPeersOnly() {
            assertThat(chart.one("NetworkPolicy").at("/spec/ingress/1")).hasToString("""
                    {"from":[{"ipBlock":{"cidr":"198.51.100.0/24"}}],"ports":[{"port":8090,"protocol":"TCP"}]}""");
        }

        @Test
        void migrationNeitherAsksTheClusterNorMountsItsToken() {
            assertThat(chart.one("Deployment").findValuesAsText("mountPath"))
                    .contains("/var/run/secrets/countersign-issuer");
            assertThat(chart.one("Job").findValuesAsText("mountPath"))
                    .doesNotContain("/var/run/secrets/countersign-issuer");
        }

        @Test
        void everyNameBeginsWithTheGivenOne() {
            assertThat(chart.all())
                    .extracting(object -> object.at("/metadata/name").asText())
                    .containsOnly("dsn-keys", "dsn-keys-migration", "dsn-keys-gate");
        }
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
                    colour="red"                                        | additional properties 'colour' not allowed
                    autoscaling.maxReplica=3                            | additional properties 'maxReplica' not allowed
                    config.COUNTERSIGN_DB_PASSWORD="secret"             | invalid propertyName 'COUNTERSIGN_DB_PASSWORD'
                    config.COUNTERSIGN_DB_URL="jdbc:postgresql://db/x"  | /config/COUNTERSIGN_DB_URL
                    config.COUNTERSIGN_INGEST_ENDPOINT=null             | /config/COUNTERSIGN_INGEST_ENDPOINT': got null
                    config.COUNTERSIGN_CACHE_ENTRIES=5                  | want string
                    ingress.enabled=true                                | /ingress/host
                    podLabels={"app.kubernetes.io/name":"other"}        | invalid propertyName 'app.kubernetes.io/name'
                    autoscaling.minReplicas=7                           | minReplicas is 7, but autoscaling.maxReplicas is 6
                    autoscaling.maxReplicas=8                           | need 100 connections, but database.connections is 97
                    config.COUNTERSIGN_ISSUERS_CLUSTER_ISSUER="https://a",issuer.enabled=true | is set beside issuer.enabled
                    issuer.audience="a b"                               | /issuer/audience
                    config.COUNTERSIGN_DB_POOL_SIZE="16"                | with 18 connections each need 144 connections
                    """)
    void wrongValueIsRefused(String value, String complaint) {
        Command refused = helm.run(
                Helm.words(List.of("template", "countersign"), Helm.chartWith("minimal", "--set-json", value)));

        assertThat(refused.status()).isNotZero();
        assertThat(refused.errors()).contains(complaint);
    }

    private static List<String> secrets(JsonNode workload) {
        return workload.findValues("secretKeyRef").stream()
                .map(reference -> reference.path("name").asText())
                .toList();
    }

    private static List<Integer> egressPorts(Rendered chart) {
        return chart.one("NetworkPolicy").at("/spec/egress").findValues("port").stream()
                .map(JsonNode::asInt)
                .toList();
    }
}
