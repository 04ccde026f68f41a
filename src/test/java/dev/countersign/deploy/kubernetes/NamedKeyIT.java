package dev.countersign.deploy.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.countersign.testsupport.OwnService;
import dev.countersign.testsupport.Poll;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** External Secrets Operator with the recipe {@code named-key}: its generator makes the client key. */
@OnACluster
class NamedKeyIT {

    @RegisterExtension
    static final OwnService SERVICE = new OwnService(Map.of());

    @RegisterExtension
    static final Cluster CLUSTER = new Cluster();

    private static Shop shop;

    private String project;
    private String secret;
    private String recipe;

    @BeforeAll
    static void start() throws Exception {
        assumeTrue(
                CLUSTER.knows("generators.external-secrets.io/v1alpha1"),
                "External Secrets Operator is not installed in this cluster");
        shop = Shop.open(CLUSTER, SERVICE.get());
    }

    @BeforeEach
    void applyTheRecipe() {
        project = shop.newProject();
        secret = project + "-production";
        recipe = shop.recipe("named-key/external-secret.yaml", project);
        CLUSTER.apply(shop.recipe("named-key/generator.yaml", project));
        CLUSTER.apply(recipe);
        Poll.until(() -> CLUSTER.secret(secret), entries -> !entries.isEmpty());
    }

    @Test
    void theKeyIsMadeOnceAndNotWrittenAgain() throws Exception {
        JsonNode key = theOnlyKeyOfItsName();
        String written = version(key);
        int changes = changes();
        awaitRefreshes(3);

        assertThat(CLUSTER.secret(secret))
                .isEqualTo(Map.of("SENTRY_DSN", key.at("/dsn/public").asText()));
        assertThat(theOnlyKeyOfItsName()).isEqualTo(key);
        assertThat(version(key)).isEqualTo(written);
        assertThat(changes()).as("entries of the audit trail").isEqualTo(changes);
    }

    @Test
    void aKeyThatWasSwitchedOffStaysOffAndTheSecretStays() {
        JsonNode key = theOnlyKeyOfItsName();
        Map<String, String> before = CLUSTER.secret(secret);
        shop.switchOff(project, key);
        shop.awaitReason(recipe, "SecretSyncedError");

        assertThat(theOnlyKeyOfItsName().path("isActive").asBoolean()).isFalse();
        assertThat(CLUSTER.secret(secret)).isEqualTo(before);
    }

    @Test
    void aKeyThatWasRemovedIsMadeAgain() {
        JsonNode key = theOnlyKeyOfItsName();
        Map<String, String> before = CLUSTER.secret(secret);
        shop.remove(project, key);
        Map<String, String> after = Poll.until(() -> CLUSTER.secret(secret), entries -> !entries.equals(before));

        assertThat(after)
                .isEqualTo(Map.of(
                        "SENTRY_DSN", theOnlyKeyOfItsName().at("/dsn/public").asText()));
    }

    private void awaitRefreshes(int times) {
        for (int i = 0; i < times; i++) {
            String last = shop.refreshTime(recipe);
            assertThat(Poll.until(() -> shop.refreshTime(recipe), time -> !time.equals(last)))
                    .isNotEqualTo(last);
        }
    }

    private JsonNode theOnlyKeyOfItsName() {
        JsonNode keys = shop.get(Shop.keys(project));
        assertThat(keys.findValuesAsText("name")).containsExactly("production", "Default");
        return keys.get(0);
    }

    private int changes() {
        return shop.get("/api/0/organizations/acme/audit-logs/").path("rows").size();
    }

    /** Changes with each write of the row. */
    private static String version(JsonNode key) throws Exception {
        try (var connection = SERVICE.postgres().server().getPostgresDatabase().getConnection();
                var query = connection.prepareStatement("select xmin from project_key where public_key = ?")) {
            query.setString(1, key.path("public").asText());
            try (var rows = query.executeQuery()) {
                assertThat(rows.next()).isTrue();
                return rows.getString(1);
            }
        }
    }
}
