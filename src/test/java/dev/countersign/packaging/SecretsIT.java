package dev.countersign.packaging;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.testsupport.PackagedService;
import dev.countersign.testsupport.http.Client;
import dev.countersign.testsupport.http.PlainPath;
import dev.countersign.testsupport.postgres.EmbeddedServers;
import io.restassured.path.json.JsonPath;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Uses every kind of secret, rightly and wrongly, at log level DEBUG, and then looks for them in logs and answers. */
class SecretsIT {

    private static final String OPERATOR = "operator-secret-7f3e9c1b5d-0123456789";
    private static final String DATABASE = "database-secret-2b8d4f6a0c";
    private static final String KEYS = "projects/acme/pump-station/keys/";

    private final Set<String> secrets = new LinkedHashSet<>(Set.of(OPERATOR, DATABASE));
    /** Texts that must not hold a secret. */
    private final List<String> told = new ArrayList<>();

    @Test
    @SuppressWarnings("try") // the database is stopped half-way
    void noSecretIsInLogsMetricsAuditOrErrors() throws Exception {
        try (EmbeddedPostgres postgres = EmbeddedServers.start();
                PackagedService service = start(postgres)) {
            useRightly(service);
            useWrongly(service);
            postgres.close();
            useWrongly(service);
            tell(get(service, "/q/metrics", OPERATOR));
            tell(get(service, "/q/openapi", OPERATOR));
            tell(get(service, "/q/health", OPERATOR));
            told.addAll(service.output());
        }

        assertThat(secrets).hasSizeGreaterThan(8);
        assertThat(told).as("the log is read").anyMatch(line -> line.contains("out of reach"));
        for (String secret : secrets) {
            assertThat(told.stream().filter(text -> text.contains(secret)).map(text -> around(text, secret)))
                    .as("nobody is told " + secret)
                    .isEmpty();
        }
    }

    private static String around(String text, String secret) {
        int at = text.indexOf(secret);
        return text.substring(Math.max(0, at - 200), Math.min(text.length(), at + secret.length() + 50));
    }

    private void useRightly(PackagedService service) throws Exception {
        send(service, "POST", "organizations/", """
                {"name":"Acme","slug":"acme"}""", OPERATOR);
        send(service, "POST", "organizations/acme/teams/", """
                {"slug":"core"}""", OPERATOR);
        send(service, "POST", "teams/acme/core/projects/", """
                {"name":"Pump Station"}""", OPERATOR);
        JsonPath apiKey = PlainPath.of(send(service, "POST", "organizations/acme/api-keys/", """
                        {"label":"ci","scope_list":["project:admin","org:admin"]}""", OPERATOR));
        String token = apiKey.getString("key");
        secrets.add(token);
        secrets.add(base64(token + ":"));
        secrets.add(base64(OPERATOR + ":"));
        JsonPath key = PlainPath.of(send(service, "POST", KEYS, """
                {"name":"x"}""", token));
        secrets.add(key.getString("secret"));
        secrets.add(key.getString("dsn.secret"));
        String own = "5ec2e7005ec2e7005ec2e7005ec2e700";
        secrets.add(own);
        send(service, "POST", KEYS, """
                {"name":"own","secret":"%s"}""".formatted(own), token);
        send(service, "PUT", KEYS + key.getString("id") + "/", """
                {"name":"y","isActive":false}""", token);
        send(service, "DELETE", KEYS + key.getString("id") + "/", "", token);
        String rotated = "organizations/acme/api-keys/" + apiKey.getString("id") + "/rotate/";
        secrets.add(PlainPath.of(send(service, "POST", rotated, "{}", OPERATOR)).getString("key"));
        useWizard(service);
        tell(send(service, "GET", "organizations/acme/audit-logs/", "", OPERATOR));
        tell(send(service, "GET", "organizations/acme/api-keys/", "", OPERATOR));
    }

    /** The hash of a hand-over is a secret: with it, anybody may fetch the API key. */
    private void useWizard(PackagedService service) throws Exception {
        String hash = PlainPath.of(service.get("/api/0/wizard/").body()).getString("hash");
        secrets.add(hash);
        service.get("/account/settings/wizard/" + hash + "/?org_slug=acme&project_slug=pump-station");
        tell(service.get("/api/0/wizard/" + hash + "/").body());
        tell(send(service, "POST", "projects/acme/pump-station/wizard/" + hash + "/", "", OPERATOR));
        String handedOver = service.get("/api/0/wizard/" + hash + "/").body();
        secrets.add(PlainPath.of(handedOver).getString("apiKeys.token"));
        tell(service.get("/api/0/wizard/" + hash + "/").body());
        tell(send(service, "DELETE", "wizard/" + hash + "/", "", OPERATOR));
    }

    /** Sends each secret as a bad credential and as invalid values. */
    private void useWrongly(PackagedService service) throws Exception {
        for (String secret : List.copyOf(secrets)) {
            if (!secret.equals(OPERATOR)) {
                refused(service, "GET", KEYS, "", secret + "x");
            }
            refused(service, "POST", KEYS, """
                    {"name":["%s"]}""".formatted(secret), OPERATOR);
            refused(service, "POST", KEYS, """
                    {"secret":"%s","public":"zz"}""".formatted(secret), OPERATOR);
            refused(service, "POST", KEYS, """
                    {"secret":"%s"}""".formatted(secret), OPERATOR);
            refused(service, "POST", KEYS, "{\"name\":" + secret, OPERATOR);
            refused(service, "POST", "organizations/acme/api-keys/", """
                    {"label":{"%s":1}}""".formatted(secret), OPERATOR);
        }
    }

    private void refused(PackagedService service, String method, String path, String json, String token)
            throws Exception {
        var answer = service.send(token, method, path, json);
        if (answer.statusCode() >= 400) {
            tell(answer.body());
        }
    }

    private void tell(String text) {
        told.add(text);
    }

    private static PackagedService start(EmbeddedPostgres postgres) throws Exception {
        try (var connection = postgres.getPostgresDatabase().getConnection()) {
            connection.createStatement().execute("create role countersign superuser login password '" + DATABASE + "'");
        }
        return PackagedService.start(Map.of(
                        "COUNTERSIGN_DB_URL", "postgresql://localhost:" + postgres.getPort() + "/postgres",
                        "COUNTERSIGN_DB_USERNAME", "countersign",
                        "COUNTERSIGN_DB_PASSWORD", DATABASE,
                        "COUNTERSIGN_OPERATOR_TOKEN", OPERATOR,
                        "COUNTERSIGN_INGEST_ENDPOINT", "https://sentry.io",
                        "COUNTERSIGN_MIGRATE", "at-start",
                        "QUARKUS_LOG_LEVEL", "DEBUG"))
                .awaitReady();
    }

    private static String send(PackagedService service, String method, String path, String json, String token)
            throws IOException, InterruptedException {
        return service.send(token, method, path, json).body();
    }

    private static String get(PackagedService service, String path, String token)
            throws IOException, InterruptedException {
        return Client.shared(service.port(), "Bearer " + token)
                .await("GET", path, "")
                .body();
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}
