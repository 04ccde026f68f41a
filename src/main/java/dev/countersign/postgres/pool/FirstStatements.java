package dev.countersign.postgres.pool;

import dev.countersign.postgres.driver.RequestContext;
import io.vertx.core.Vertx;
import io.vertx.pgclient.PgConnection;
import io.vertx.sqlclient.SqlClient;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * Lends the connection of {@link ProbeConnection}, which opens while the service starts, to the first statements of requests. The
 * pool would open a new connection for the event loop of the first request, and the request would wait for it.
 *
 * <p>The connection is lent to one statement at a time. The lending ends for good when two statements meet, when the connection is
 * not open, and five seconds after the start. Then the pool opens its connections.
 */
@Singleton
class FirstStatements {

    private static final long LENDING_NANOS = Duration.ofSeconds(5).toNanos();

    private final Vertx vertx;
    private final ProbeConnection probe;
    private final AtomicBoolean lent = new AtomicBoolean();
    private final long start = System.nanoTime();
    private volatile boolean over;

    FirstStatements(Vertx vertx, ProbeConnection probe) {
        this.vertx = vertx;
        this.probe = probe;
    }

    /** The connection for one statement, after which {@link #giveBack} must be called; null if the pool must send the statement. */
    @Nullable
    SqlClient borrow() {
        if (over) {
            return null;
        }
        boolean early = System.nanoTime() - start < LENDING_NANOS;
        PgConnection connection = early && lent.compareAndSet(false, true) ? probe.opened() : null;
        if (connection == null) {
            over = true;
            return null;
        }
        return RequestContext.current(vertx).view(connection);
    }

    /** Ends the use of the connection by one statement. */
    void giveBack() {
        lent.set(false);
    }
}
