package dev.countersign.testsupport.postgres;

import dev.countersign.testsupport.http.FreePort;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.time.Duration;

/** Static helper: embedded servers that have the time to start which a busy machine takes. Their own limit is ten seconds. */
public final class EmbeddedServers {

    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private EmbeddedServers() {}

    /** A server that is not started yet. */
    public static EmbeddedPostgres.Builder builder() {
        return EmbeddedPostgres.builder().setPGStartupWait(PATIENCE).setPort(FreePort.find());
    }

    /** A server with an empty database {@code postgres}. */
    public static EmbeddedPostgres start() throws IOException {
        return builder().start();
    }
}
