package dev.countersign.deploy.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.countersign.testsupport.PackagedService;
import dev.countersign.testsupport.postgres.OwnPostgres;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Tokens that a real API server issued to service accounts, and its keys, which it shows with its own certificate to a token. */
@OnACluster
class ServiceAccountIT {

    private static final String AUDIENCE = ServiceAccounts.AUDIENCE;

    @RegisterExtension
    static final OwnPostgres POSTGRES = new OwnPostgres();

    @RegisterExtension
    static final Cluster CLUSTER = new Cluster();

    @TempDir
    private static Path folder;

    private static PackagedService service;
    private static Shop shop;
    private static String project;
    private static String other;

    @BeforeAll
    static void start() throws Exception {
        other = CLUSTER.namespace() + "-other";
        CLUSTER.client()
                .namespaces()
                .resource(new NamespaceBuilder()
                        .withNewMetadata()
                        .withName(other)
                        .endMetadata()
                        .build())
                .create();
        ServiceAccounts.create(CLUSTER.client(), CLUSTER.namespace(), "deployer");
        ServiceAccounts.create(CLUSTER.client(), other, "deployer");
        ServiceAccounts.create(CLUSTER.client(), CLUSTER.namespace(), "countersign");
        service = PackagedService.startMigrated(POSTGRES.server(), settings());
        shop = Shop.open(CLUSTER, service);
        project = shop.newProject();
    }

    @AfterAll
    static void stop() {
        if (service != null) {
            service.close();
        }
        CLUSTER.client().namespaces().withName(other).delete();
    }

    @Test
    void keysOfTheClusterAreForTokensOnly() throws Exception {
        Map<String, String> settings = settings();
        settings.remove("COUNTERSIGN_ISSUERS_CLUSTER_JWKS_TOKEN_FILE");
        try (PackagedService without = PackagedService.startMigrated(POSTGRES.server(), settings)) {
            assertThat(send(without, token(CLUSTER.namespace()), "GET", "auth/", "")
                            .statusCode())
                    .isEqualTo(503);
            without.awaitOutput("the answer has status 40");
        }
    }

    @Test
    void tokenOfTheRightNamespaceMakesAKeyAndThatOfAnotherDoesNot() throws Exception {
        HttpResponse<String> made = create(token(CLUSTER.namespace()));
        HttpResponse<String> refused = create(token(other));

        assertThat(made.statusCode()).as(made.body()).isEqualTo(201);
        assertThat(refused.statusCode()).isEqualTo(403);
        assertThat(refused.body())
                .contains("No grant of issuer cluster matches: /kubernetes.io/namespace=\\\"" + other + "\\\"");
        assertThat(service.send("GET", "organizations/acme/audit-logs/", "").body())
                .contains("cluster:system:serviceaccount:" + CLUSTER.namespace() + ":deployer");
    }

    @Test
    void tokenForAnotherAudienceIsInvalid() throws Exception {
        String forTheApi = token(CLUSTER.namespace(), "deployer", issuer(), 3600);

        assertThat(create(forTheApi).statusCode()).isEqualTo(401);
    }

    @Test
    void reissuedTokenIsTheSameCaller() throws Exception {
        JsonNode first = new ObjectMapper()
                .readTree(send(service, token(CLUSTER.namespace()), "GET", "auth/", "")
                        .body());
        JsonNode again = new ObjectMapper()
                .readTree(send(service, token(CLUSTER.namespace()), "GET", "auth/", "")
                        .body());

        assertThat(first).isEqualTo(again);
        assertThat(first.path("id").asText())
                .isEqualTo("cluster:system:serviceaccount:" + CLUSTER.namespace() + ":deployer");
    }

    /** The operator's webhook provider takes a token from a Secret only; this one has a service account's token. */
    @Test
    void externalSecretsOperatorReadsWithTheTokenOfAServiceAccount() throws Exception {
        assumeTrue(
                CLUSTER.knows("external-secrets.io/v1"), "External Secrets Operator is not installed in this cluster");
        shop.applyStores();
        renew(token(CLUSTER.namespace()));
        String app = shop.newProject();
        JsonNode key = shop.newKey(app, "production");
        CLUSTER.apply(shop.recipe("external-secret/dsn.yaml", app));

        shop.awaitSecret(
                app + "-dsn", Map.of("SENTRY_DSN", key.at("/dsn/public").asText()));
        renew("cs_" + "x".repeat(43));
        String recipe = shop.recipe("external-secret/dsn.yaml", app);
        shop.awaitReason(recipe, "SecretSyncedError");
        renew(token(CLUSTER.namespace()));
        shop.awaitReason(recipe, "SecretSynced");
    }

    private static void renew(String token) {
        CLUSTER.client()
                .secrets()
                .inNamespace(CLUSTER.namespace())
                .withName("countersign-reader")
                .edit(secret -> new SecretBuilder(secret)
                        .addToData("token", Base64.getEncoder().encodeToString(token.getBytes(StandardCharsets.UTF_8)))
                        .build());
    }

    private static HttpResponse<String> create(String token) throws Exception {
        return send(service, token, "POST", Shop.keys(project), "{\"name\":\"app\"}");
    }

    private static HttpResponse<String> send(
            PackagedService target, String token, String method, String path, String json) throws Exception {
        return target.send(token, method, path, json);
    }

    private static String token(String namespace) {
        return token(namespace, "deployer", AUDIENCE, 3600);
    }

    private static String token(String namespace, String account, String audience, long seconds) {
        return ServiceAccounts.token(CLUSTER.client(), namespace, account, audience, seconds);
    }

    /** The {@code iss} of the cluster's tokens. */
    private static String issuer() throws IOException {
        return ServiceAccounts.claims(token(CLUSTER.namespace())).path("iss").asText();
    }

    private static Map<String, String> settings() throws IOException {
        return ServiceAccounts.settings(CLUSTER.client(), CLUSTER.namespace(), folder);
    }
}
