package dev.countersign.deploy.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.countersign.testsupport.PackagedService;
import dev.countersign.testsupport.Poll;
import dev.countersign.testsupport.postgres.OwnPostgres;
import dev.countersign.testsupport.postgres.PostgresProxy;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** External Secrets Operator with the recipes {@code secret-store} and {@code external-secret}. */
@OnACluster
class ExternalSecretsIT {

    private static final String DSN = "external-secret/dsn.yaml";

    @RegisterExtension
    static final OwnPostgres POSTGRES = new OwnPostgres();

    @RegisterExtension
    static final Cluster CLUSTER = new Cluster();

    private static PostgresProxy database;
    private static PackagedService service;
    private static Shop shop;

    private String project;

    @BeforeAll
    static void start() throws Exception {
        assumeTrue(
                CLUSTER.knows("external-secrets.io/v1"), "External Secrets Operator is not installed in this cluster");
        database = new PostgresProxy(POSTGRES.server().getPort());
        service = PackagedService.startMigrated(
                POSTGRES.server(),
                Map.of("COUNTERSIGN_DB_URL", "postgresql://localhost:" + database.port() + "/postgres"));
        shop = Shop.open(CLUSTER, service);
        shop.applyStores();
    }

    @AfterAll
    static void stop() throws Exception {
        if (service != null) {
            service.close();
            database.close();
        }
    }

    @BeforeEach
    void createProject() {
        project = shop.newProject();
    }

    @Test
    void oneVariableOfAKeyIsWritten() {
        JsonNode key = shop.newKey(project, "production");
        CLUSTER.apply(shop.recipe(DSN, project));

        awaitDsn(key);
    }

    @Test
    void allVariablesOfAKeyAreWritten() {
        shop.newKey(project, "production");
        CLUSTER.apply(shop.recipe("external-secret/env.yaml", project));

        shop.awaitSecret(project + "-env", shop.variables(project));
    }

    @Test
    void aKeyInPlaceOfARemovedOneIsFollowed() {
        JsonNode old = shop.newKey(project, "production");
        CLUSTER.apply(shop.recipe(DSN, project));
        awaitDsn(old);
        shop.remove(project, old);
        JsonNode next = shop.newKey(project, "production");

        awaitDsn(next);
    }

    @Test
    void theOldestActiveKeyIsFollowedWhereNoneIsNamed() {
        JsonNode first = shop.get(Shop.keys(project)).get(0);
        JsonNode second = shop.newKey(project, "second");
        CLUSTER.apply(shop.recipe(DSN, project).replace(project + "/production", project));
        awaitDsn(first);
        shop.switchOff(project, first);

        awaitDsn(second);
    }

    @Test
    void aRenamedProjectIsFollowed() {
        JsonNode key = shop.newKey(project, "production");
        String recipe = shop.recipe(DSN, project);
        shop.send("PUT", "/api/0/projects/acme/" + project + "/", "{\"slug\":\"renamed-" + project + "\"}");
        CLUSTER.apply(recipe);

        awaitDsn(key);
    }

    /** The recipe says Retain: an application with an old DSN runs, and one without its Secret does not start. */
    @Test
    void aSecretStaysWhenItsKeyIsSwitchedOff() {
        JsonNode key = shop.newKey(project, "production");
        String recipe = shop.recipe(DSN, project);
        CLUSTER.apply(recipe);
        awaitDsn(key);
        shop.switchOff(project, key);

        shop.awaitReason(recipe, "SecretSyncedError");
        awaitDsn(key);
    }

    @Test
    void aSecretStaysWhenItsKeyIsRemoved() {
        JsonNode key = shop.newKey(project, "production");
        String recipe = shop.recipe(DSN, project);
        CLUSTER.apply(recipe);
        awaitDsn(key);
        shop.remove(project, key);

        shop.awaitReason(recipe, "SecretSyncedError");
        awaitDsn(key);
    }

    /** Why the recipe does not say so. */
    @Test
    void aDeletionPolicyOfDeleteRemovesTheSecretOfARemovedKey() {
        JsonNode key = shop.newKey(project, "production");
        CLUSTER.apply(shop.recipe(DSN, project).replace("deletionPolicy: Retain", "deletionPolicy: Delete"));
        awaitDsn(key);
        shop.remove(project, key);

        shop.awaitSecret(project + "-dsn", Map.of());
    }

    @Test
    void aSecretStaysWhileTheServiceAnswers503() throws Exception {
        JsonNode key = shop.newKey(project, "production");
        String recipe = shop.recipe(DSN, project);
        CLUSTER.apply(recipe);
        awaitDsn(key);
        database.refuse();
        try {
            shop.awaitReason(recipe, "SecretSyncedError");
            assertThat(shop.send("GET", Shop.keys(project), "").statusCode()).isEqualTo(503);
            awaitDsn(key);
        } finally {
            database.accept();
        }
        Poll.until(() -> shop.send("GET", Shop.keys(project), "").statusCode(), status -> status == 200);

        // A changed object is refreshed at once. Otherwise the operator waits longer after each failure.
        CLUSTER.apply(recipe.replace("metadata:", "metadata:\n  annotations: {force-sync: now}"));
        shop.awaitReason(recipe, "SecretSynced");
    }

    private void awaitDsn(JsonNode key) {
        shop.awaitSecret(
                project + "-dsn", Map.of("SENTRY_DSN", key.at("/dsn/public").asText()));
    }
}
