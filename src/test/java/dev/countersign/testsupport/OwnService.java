package dev.countersign.testsupport;

import dev.countersign.testsupport.postgres.OwnPostgres;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** A packaged service with its own PostgreSQL, for all tests of one class. Register it as a static field. */
public final class OwnService implements BeforeAllCallback, AfterAllCallback {

    private static final Map<String, String> LONG_WAITS = Map.of(
            "COUNTERSIGN_DB_CONNECT_TIMEOUT", "20s",
            "COUNTERSIGN_DB_ACQUIRE_TIMEOUT", "20s",
            "COUNTERSIGN_DB_STATEMENT_TIMEOUT", "20s",
            "COUNTERSIGN_DB_RESPONSE_TIMEOUT", "30s");

    private final Map<String, String> settings;
    private final OwnPostgres postgres = OwnPostgres.migrated();
    private @Nullable PackagedService service;

    /**
     * A service with settings beside the common ones.
     *
     * @param settings environment variables
     */
    public OwnService(Map<String, String> settings) {
        this.settings = settings;
    }

    /**
     * A service that waits long for its database instead of answering 503, for tests of something else on a busy machine.
     *
     * @param settings environment variables
     */
    public static OwnService patient(Map<String, String> settings) {
        Map<String, String> all = new HashMap<>(LONG_WAITS);
        all.putAll(settings);
        return new OwnService(all);
    }

    @Override
    public void beforeAll(ExtensionContext context) throws IOException, InterruptedException {
        postgres.beforeAll(context);
        service = PackagedService.startMigrated(postgres.server(), settings);
    }

    @Override
    public void afterAll(ExtensionContext context) throws IOException {
        get().close();
        postgres.afterAll(context);
    }

    /** The service, while it runs. */
    public PackagedService get() {
        if (service == null) {
            throw new IllegalStateException("not started");
        }
        return service;
    }

    /** Its database. */
    public OwnPostgres postgres() {
        return postgres;
    }
}
