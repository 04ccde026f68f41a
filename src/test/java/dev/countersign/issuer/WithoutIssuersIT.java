package dev.countersign.issuer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.testsupport.PackagedService;
import dev.countersign.testsupport.issuer.TestIssuer;
import dev.countersign.testsupport.postgres.OwnPostgres;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** A service without an issuer pays nothing for them. */
class WithoutIssuersIT {

    @RegisterExtension
    static final OwnPostgres POSTGRES = new OwnPostgres();

    /** The Job that migrates has the ConfigMap with the grants, but neither the cluster's token nor its certificate. */
    @Test
    void migrationNeedsNoIssuerForTheGrants() throws Exception {
        Map<String, String> settings = new HashMap<>(PackagedService.environment(POSTGRES.server()));
        settings.put("COUNTERSIGN_INGEST_ENDPOINT", "https://sentry.io");
        settings.put("COUNTERSIGN_MIGRATE", "only");
        settings.put("COUNTERSIGN_ISSUERS_CLUSTER_GRANTS_0__CLAIM", "sub");
        try (PackagedService migration = PackagedService.start(settings)) {
            assertThat(migration.awaitExit())
                    .as(String.join("\n", migration.output()))
                    .isZero();
        }
    }

    /** Kubernetes sets these beside a Service that is named countersign-issuers. */
    @Test
    void variablesOfAServiceNameNoIssuer() throws Exception {
        Map<String, String> link =
                Map.of("COUNTERSIGN_ISSUERS_PORT", "tcp://10.0.0.1:80", "COUNTERSIGN_ISSUERS_SERVICE_HOST", "10.0.0.1");
        try (PackagedService service = PackagedService.startMigrated(POSTGRES.server(), link)) {
            assertThat(service.output()).noneMatch(line -> line.contains("COUNTERSIGN_ISSUERS"));
        }
    }

    @Test
    void noClassIsLoadedAndATokenIsAnUnknownText(@TempDir Path folder) throws Exception {
        Path classes = folder.resolve("classes.log");
        try (PackagedService service = PackagedService.startMigrated(
                POSTGRES.server(), Map.of("JAVA_TOOL_OPTIONS", "-Xlog:class+load:file=" + classes))) {
            assertThat(service.send(TestIssuer.token("x", "shop", "org:read"), "GET", "auth/", "")
                            .statusCode())
                    .isEqualTo(401);
        }
        // An executable writes no such log.
        if (Files.exists(classes)) {
            assertThat(Files.readString(classes).lines())
                    .anyMatch(line -> line.contains(" dev.countersign.issuer.IssuedTokens "))
                    .noneMatch(line -> line.contains("org.jose4j."))
                    .filteredOn(line -> line.contains(" dev.countersign.issuer."))
                    .allMatch(line -> line.contains(".IssuedTokens"));
        }
    }
}
