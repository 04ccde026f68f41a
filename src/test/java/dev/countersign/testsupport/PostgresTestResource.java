package dev.countersign.testsupport;

import static java.util.Map.entry;

import dev.countersign.relay.TestRelay;
import dev.countersign.testsupport.issuer.TestIssuer;
import dev.countersign.testsupport.postgres.EmbeddedServers;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A PostgreSQL for all tests of the service under test, in the process or packaged, and the settings of that service.
 */
public class PostgresTestResource implements QuarkusTestResourceLifecycleManager {

    private @Nullable EmbeddedPostgres postgres;

    @Override
    public Map<String, String> start() {
        try {
            postgres = EmbeddedServers.start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Map<String, String> settings = new HashMap<>(TestIssuer.settings());
        settings.putAll(Map.ofEntries(
                entry("countersign.db.url", "postgresql://localhost:" + postgres.getPort() + "/postgres"),
                entry("countersign.db.username", "postgres"),
                entry("countersign.db.password", "postgres"),
                entry("countersign.migrate", "at-start"),
                entry("countersign.url-prefix", Api.URL_PREFIX),
                entry("countersign.ingest.endpoint", "https://sentry.io"),
                entry("countersign.ingest.named.eu-west.endpoint", "https://eu.internal.example.com"),
                entry("countersign.ingest.named.eu-west.public-endpoint", "https://eu.example.com"),
                entry("countersign.ingest.named.eu-west.cdn-url", "https://js.eu.example.com"),
                entry("countersign.ingest.named.us.endpoint", "https://us.example.com/relay"),
                entry("countersign.ingest.named.us.organization-subdomain", "o{organization_id}.ingest"),
                entry("countersign.operator-token", Api.OPERATOR_TOKEN),
                entry("countersign.relays.test.id", TestRelay.TRUSTED.id()),
                entry("countersign.relays.test.public-key", TestRelay.TRUSTED.publicKey()),
                entry("countersign.last-use.interval", "100ms"),
                // On a busy machine the database may take seconds, and no test of this service expects 503.
                entry("countersign.db.connect-timeout", "20s"),
                entry("countersign.db.acquire-timeout", "30s"),
                entry("countersign.db.statement-timeout", "30s"),
                entry("countersign.db.response-timeout", "40s"),
                // Tests present bad credentials and stall on purpose.
                entry("countersign.failed-credentials.limit", "0"),
                entry("countersign.body-timeout", "5s")));
        return settings;
    }

    @Override
    public void stop() {
        if (postgres != null) {
            try {
                postgres.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
