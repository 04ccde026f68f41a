package dev.countersign.apply.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.apply.plan.ApplyPolicy;
import dev.countersign.declaration.DeclaredOrganization;
import dev.countersign.declaration.document.DocumentFiles;
import dev.countersign.declaration.document.Faults;
import dev.countersign.declaration.reader.DeclarationReader;
import dev.countersign.postgres.batch.BatchConnection;
import dev.countersign.testsupport.FixedIngestHosts;
import dev.countersign.testsupport.postgres.OwnPostgres;
import dev.countersign.testsupport.postgres.PostgresProxy;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** In which order stored rows are read. */
class StoredOrganizationRepositoryTest {

    @RegisterExtension
    static final OwnPostgres POSTGRES = new OwnPostgres();

    /** A key that is removed in between is either still there, or known to be removed: it is never made again. */
    @Test
    void removedKeysAreReadAfterTheKeysThatAreThere() throws Exception {
        POSTGRES.migrate();
        try (PostgresProxy network = new PostgresProxy(POSTGRES.server().getPort());
                Connection connection = DriverManager.getConnection(
                        "jdbc:postgresql://localhost:" + network.port() + "/postgres", "postgres", "postgres")) {
            network.takeExecuted();

            new StoredOrganizationRepository(
                            new BatchConnection(connection), ApplyPolicy.healing("default"), Set.of("acme"))
                    .load(declared());

            List<String> statements = network.takeExecuted();
            assertThat(statements).hasSizeGreaterThanOrEqualTo(3);
            assertThat(statements.get(0)).contains("from organization");
            assertThat(statements
                            .subList(statements.size() - 2, statements.size())
                            .toString())
                    .contains("from removed_client_key", "from removed_api_key");
        }
    }

    private static DeclaredOrganization declared() {
        Faults faults = new Faults();
        String text = "countersign: v1\norganization: acme\n";
        return DeclarationReader.read(
                        DocumentFiles.read(
                                "-", new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)), faults),
                        FixedIngestHosts.at("https://sentry.io"),
                        Map.of(),
                        faults)
                .get(0);
    }
}
