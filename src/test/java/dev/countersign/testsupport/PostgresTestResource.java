package dev.countersign.testsupport;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
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
            postgres = EmbeddedPostgres.start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return Map.of(
                "countersign.db.url", "postgresql://localhost:" + postgres.getPort() + "/postgres",
                "countersign.db.username", "postgres",
                "countersign.db.password", "postgres",
                "countersign.migrate", "at-start",
                "countersign.url-prefix", Api.URL_PREFIX,
                "countersign.ingest.endpoint", "https://sentry.io",
                "countersign.operator-token", Api.OPERATOR_TOKEN,
                "countersign.last-use.interval", "100ms",
                // Tests present bad credentials and stall on purpose.
                "countersign.failed-credentials.limit", "0",
                "countersign.body-timeout", "5s");
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
