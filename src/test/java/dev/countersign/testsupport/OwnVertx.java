package dev.countersign.testsupport;

import io.vertx.core.Vertx;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Extension: a Vert.x for one test, which is closed after the test. */
public final class OwnVertx implements AfterEachCallback {

    private static final int PATIENCE_SECONDS = 60;

    private final Vertx vertx = Vertx.vertx();

    /** The Vert.x. */
    public Vertx get() {
        return vertx;
    }

    @Override
    public void afterEach(ExtensionContext context) throws Exception {
        vertx.close().toCompletionStage().toCompletableFuture().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }
}
