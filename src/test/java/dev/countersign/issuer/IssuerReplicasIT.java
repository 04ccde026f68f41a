package dev.countersign.issuer;

import static dev.countersign.issuer.IssuerEnvironment.settings;
import static dev.countersign.issuer.IssuerEnvironment.status;
import static dev.countersign.issuer.IssuerEnvironment.token;
import static dev.countersign.issuer.IssuerEnvironment.url;
import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.organization.OrganizationRepository;
import dev.countersign.testsupport.PackagedService;
import dev.countersign.testsupport.Poll;
import dev.countersign.testsupport.issuer.JwksServer;
import dev.countersign.testsupport.issuer.RsaKey;
import dev.countersign.testsupport.issuer.Signer;
import dev.countersign.testsupport.postgres.OwnPostgres;
import dev.countersign.testsupport.postgres.PostgresProxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** What each replica knows on its own: the keys of issuers, tokens, and organizations. */
class IssuerReplicasIT {

    private static final Signer ONE = new Signer("one", "RS256", RsaKey.FIRST.pair());
    private static final Signer TWO = new Signer("two", "RS256", RsaKey.SECOND.pair());

    @RegisterExtension
    static final OwnPostgres POSTGRES = OwnPostgres.migrated();

    @Test
    void replicasLoadKeysByThemselvesAndObeyARenamingTogether() throws Exception {
        try (JwksServer issuer = new JwksServer(null, Signer.jwks(ONE));
                PackagedService first = PackagedService.startMigrated(POSTGRES.server(), url("cluster", issuer));
                PackagedService second = PackagedService.startMigrated(POSTGRES.server(), url("cluster", issuer))) {
            first.newProject("shop");
            assertThat(status(first, token(ONE))).isEqualTo(200);
            issuer.serve(200, Signer.jwks(ONE, TWO));
            assertThat(status(second, token(TWO))).as("the keys of now").isEqualTo(200);
            assertThat(status(first, token(TWO)))
                    .as("the keys of before, then those of now")
                    .isEqualTo(200);
            assertThat(issuer.asked()).hasSize(3);
            issuer.serve(200, Signer.jwks(TWO));
            assertThat(status(first, token(ONE))).isEqualTo(200);
            assertThat(status(second, token(ONE))).isEqualTo(200);

            first.send("PUT", "organizations/shop/", """
                    {"slug":"renamed"}""");

            assertThat(status(first, token(ONE))).as("known at once").isEqualTo(403);
            assertThat(Poll.until(() -> status(second, token(ONE)), status -> status == 403))
                    .isEqualTo(403);
        }
    }

    /** A genuine token is not limited as a bad credential is, so that it must not cost the database much. */
    @Test
    void tokenOfAMissingOrganizationCostsFewStatements(@TempDir Path folder) throws Exception {
        Path file = Files.writeString(folder.resolve("jwks.json"), Signer.jwks(ONE));
        Map<String, String> settings = settings("cluster", "JWKS_FILE", file.toString());
        settings.put("COUNTERSIGN_ISSUERS_CLUSTER_GRANTS_0__ORGANIZATION", "missing");
        try (PostgresProxy proxy = new PostgresProxy(POSTGRES.server().getPort())) {
            settings.put("COUNTERSIGN_DB_URL", "postgresql://localhost:" + proxy.port() + "/postgres");
            try (PackagedService service = PackagedService.startMigrated(POSTGRES.server(), settings)) {
                String token = token(ONE);
                assertThat(status(service, token)).isEqualTo(403);
                proxy.takeExecuted();
                long begin = System.nanoTime();
                for (int i = 0; i < 500; i++) {
                    assertThat(status(service, token)).isEqualTo(403);
                }
                long seconds = (System.nanoTime() - begin) / 1_000_000_000L;

                List<String> lookUps = proxy.takeExecuted().stream()
                        .filter(OrganizationRepository.ID_BY_SLUG::equals)
                        .toList();
                assertThat(lookUps).as("one a second at most").hasSizeLessThanOrEqualTo((int) seconds + 1);

                service.newProject("missing");
                assertThat(Poll.until(() -> status(service, token), status -> status == 200))
                        .as("once it exists")
                        .isEqualTo(200);
            }
        }
    }
}
