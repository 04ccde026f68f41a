package dev.countersign.packaging;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.testsupport.Api;
import dev.countersign.testsupport.PackagedService;
import dev.countersign.testsupport.http.Certificates;
import dev.countersign.testsupport.http.Client;
import dev.countersign.testsupport.postgres.PostgresServer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** TLS to the database and from clients, with real certificates, on servers that accept nothing else. */
class EncryptionIT {

    @TempDir
    private static Path folder;

    private static Certificates certificates;
    private static PostgresServer postgres;

    @BeforeAll
    static void start() throws Exception {
        certificates = Certificates.first(folder.resolve("good"));
        postgres = PostgresServer.create(
                PostgresServer.embeddedBinaries(),
                folder.resolve("data"),
                "ssl=on",
                "ssl_cert_file=" + certificates.certificate(),
                "ssl_key_file=" + certificates.key());
        Files.writeString(postgres.data().resolve("pg_hba.conf"), "hostssl all all all scram-sha-256\n");
        postgres.start();
    }

    @AfterAll
    static void stop() throws Exception {
        postgres.close();
    }

    @Test
    void everyConnectionToTheDatabaseIsEncrypted() throws Exception {
        try (PackagedService service = PackagedService.start(environment(Map.of(
                        "COUNTERSIGN_DB_SSL_MODE",
                        "verify-full",
                        "COUNTERSIGN_DB_SSL_ROOT_CERT",
                        certificates.authority().toString())))
                .awaitReady()) {
            assertThat(service.send("GET", "organizations/", "").statusCode()).isEqualTo(200);
            // PostgreSQL 18 shows a connection before its login too, when it has neither a user nor this fact yet.
            assertThat(postgres.single("select bool_and(ssl) and count(*) > 0 from pg_stat_ssl join pg_stat_activity"
                            + " using (pid) where application_name <> 'PostgreSQL JDBC Driver' and client_port > 0"
                            + " and usename is not null"))
                    .isEqualTo("t");
        }
    }

    @Test
    void certificateOfAnotherAuthorityIsRefused() throws Exception {
        Certificates others = Certificates.second(folder.resolve("others"));
        assertNotUsed(Map.of(
                "COUNTERSIGN_DB_SSL_MODE",
                "verify-full",
                "COUNTERSIGN_DB_SSL_ROOT_CERT",
                others.authority().toString()));
    }

    @Test
    void unencryptedConnectionIsRefused() throws Exception {
        assertNotUsed(Map.of("COUNTERSIGN_DB_SSL_MODE", "disable"));
    }

    private static void assertNotUsed(Map<String, String> settings) throws Exception {
        Map<String, String> serving = new HashMap<>(settings);
        serving.put("COUNTERSIGN_MIGRATE", "never");
        try (PackagedService service =
                PackagedService.start(environment(serving)).awaitReady()) {
            assertThat(service.send("GET", "organizations/1/", "").statusCode()).isEqualTo(503);
        }
    }

    @Test
    void clientsAreServedOverHttpsOnly() throws Exception {
        try (PackagedService service = PackagedService.start(environment(Map.of(
                        "COUNTERSIGN_DB_SSL_MODE", "require",
                        "QUARKUS_HTTP_SSL_CERTIFICATE_FILES",
                                certificates.certificate().toString(),
                        "QUARKUS_HTTP_SSL_CERTIFICATE_KEY_FILES",
                                certificates.key().toString(),
                        "QUARKUS_HTTP_INSECURE_REQUESTS", "disabled",
                        "QUARKUS_HTTP_SSL_PORT", "0")))
                .awaitReady()) {
            Client clear = service.client(Duration.ofSeconds(60));
            Client https = clear.overTls(certificates.trusting());

            // The database takes nothing unencrypted: without an authority, require encrypts all the same.
            assertThat(https.await("GET", "/api/0/organizations/", "").statusCode())
                    .as(String.join("\n", service.output()))
                    .isEqualTo(200);
            assertThat(clear.send("GET", "/api/0/organizations/", "")
                            .handle((answer, failure) -> failure != null || answer.statusCode() >= 400)
                            .join())
                    .as("not in clear text")
                    .isTrue();
        }
    }

    private static Map<String, String> environment(Map<String, String> more) {
        Map<String, String> environment = new HashMap<>(Map.of(
                "COUNTERSIGN_DB_URL", "postgresql://localhost:" + postgres.port() + "/postgres",
                "COUNTERSIGN_DB_USERNAME", "postgres",
                "COUNTERSIGN_DB_PASSWORD", "postgres",
                "COUNTERSIGN_OPERATOR_TOKEN", Api.OPERATOR_TOKEN,
                "COUNTERSIGN_INGEST_ENDPOINT", "https://sentry.io",
                "COUNTERSIGN_MIGRATE", "at-start"));
        environment.putAll(more);
        return environment;
    }
}
