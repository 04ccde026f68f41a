package dev.countersign.postgres.pool;

import dev.countersign.postgres.connection.DatabaseConfig;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.pgclient.PgConnection;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Keeps a database connection outside the pools for health queries, so that these need no free connection of a pool.
 * The connection closes after 60 to 120 seconds without a query.
 */
@Singleton
public class ProbeConnection {

    private static final long IDLE_MILLIS = Duration.ofSeconds(60).toMillis();

    private final Vertx vertx;
    private final DatabaseConnections connections;
    private final boolean opensEarly;
    private @Nullable Future<PgConnection> kept;
    private long lastUse;

    ProbeConnection(Vertx vertx, DatabaseConnections connections, DatabaseConfig config) {
        this.vertx = vertx;
        this.connections = connections;
        this.opensEarly = config.migrate() == DatabaseConfig.Migrate.NEVER;
    }

    /**
     * Opens the connection as soon as the pools are built, while the rest of the service starts, so that the schema check and the
     * first request need not wait for a login. Where the start migrates the database, the first query opens the connection.
     */
    void openEarly(@Observes DatabaseConnections built) {
        if (opensEarly) {
            connection();
        }
    }

    /** Runs a query; fails if no connection can be opened. */
    public Future<RowSet<Row>> query(String sql) {
        return connection().compose(connection -> connection.query(sql).execute());
    }

    /** The connection if it is open; null otherwise. */
    synchronized @Nullable PgConnection opened() {
        lastUse = System.nanoTime();
        return kept == null ? null : kept.result();
    }

    private synchronized Future<PgConnection> connection() {
        lastUse = System.nanoTime();
        Future<PgConnection> current = kept;
        if (current == null || current.failed()) {
            current = connections.open();
            kept = current;
            current.onSuccess(this::keep);
        }
        return current;
    }

    private void keep(PgConnection opened) {
        opened.closeHandler(closed -> forget(opened));
        closeOnceIdle(opened);
    }

    private void closeOnceIdle(PgConnection opened) {
        vertx.setTimer(IDLE_MILLIS, timer -> {
            if (isIdle()) {
                forget(opened);
                opened.close();
            } else {
                closeOnceIdle(opened);
            }
        });
    }

    private synchronized boolean isIdle() {
        return System.nanoTime() - lastUse >= Duration.ofMillis(IDLE_MILLIS).toNanos();
    }

    private synchronized void forget(PgConnection gone) {
        if (kept != null && kept.result() == gone) {
            kept = null;
        }
    }
}
