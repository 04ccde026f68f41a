package dev.countersign.testsupport.postgres;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** A PostgreSQL of a test class's own, from before its first test until after its last one. Register it as a static field. */
public final class OwnPostgres implements BeforeAllCallback, AfterAllCallback {

    private @Nullable EmbeddedPostgres server;

    @Override
    public void beforeAll(ExtensionContext context) throws IOException {
        server = EmbeddedPostgres.start();
    }

    @Override
    public void afterAll(ExtensionContext context) throws IOException {
        server().close();
    }

    /** The server, while it runs. */
    public EmbeddedPostgres server() {
        if (server == null) {
            throw new IllegalStateException("not started");
        }
        return server;
    }
}
