package dev.countersign.announcement;

import dev.countersign.postgres.pool.DatabaseConnections;
import dev.countersign.sqlstate.DatabaseFault;
import dev.countersign.sqlstate.DatabaseStateLog;
import io.quarkus.runtime.ShutdownEvent;
import io.smallrye.common.vertx.VertxContext;
import io.vertx.core.Vertx;
import io.vertx.pgclient.PgConnection;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Holds the connection on which PostgreSQL announces changes, and asks on it four times a second whether it still works:
 * announcements and answers come in order, so an answer proves that no earlier announcement is missing. A silent
 * connection only stops the caches; the driver closes it, and the next one is opened.
 */
@Singleton
class ChangeListener {

    private static final Logger LOG = Logger.getLogger(ChangeListener.class);
    private static final int CHECK_MILLIS = 250;
    private static final int MIN_PAUSE_MILLIS = 100;
    private static final int MAX_PAUSE_MILLIS = 5_000;

    private final Vertx vertx;
    private final DatabaseConnections connections;
    private final SubjectVersions changes;
    private final DatabaseStateLog state;
    private final AtomicBoolean started = new AtomicBoolean();

    // All below is touched by one event loop only.
    private volatile @Nullable PgConnection current;
    private int pauseMillis = MIN_PAUSE_MILLIS;
    private boolean confirmed;
    private boolean warned;
    private volatile boolean stopped;

    ChangeListener(Vertx vertx, DatabaseConnections connections, SubjectVersions changes, DatabaseStateLog state) {
        this.vertx = vertx;
        this.state = state;
        this.connections = connections;
        this.changes = changes;
    }

    /** Begins to listen, once; never waits. */
    void start() {
        if (!started.get() && started.compareAndSet(false, true)) {
            VertxContext.getRootContext(vertx.getOrCreateContext()).runOnContext(any -> connect());
        }
    }

    void stop(@Observes ShutdownEvent event) {
        stopped = true;
        PgConnection connection = current;
        if (connection != null) {
            connection.close();
        }
    }

    private void connect() {
        connections.open(vertx).onSuccess(this::listen).onFailure(this::failed);
    }

    /** A database that is out of reach says so once for all who want it. */
    private void failed(Throwable failure) {
        state.failed(failure);
        retry(DatabaseFault.isUnavailable(failure) ? null : DatabaseFault.describe(failure));
    }

    private void listen(PgConnection opened) {
        current = opened;
        confirmed = false;
        opened.notificationHandler(announcement -> changes.invalidate(announcement.getPayload()));
        opened.closeHandler(any -> closed());
        opened.query("listen countersign_changes")
                .execute()
                .onSuccess(listening -> {
                    changes.invalidateAll();
                    check(opened);
                })
                .onFailure(failure -> opened.close());
    }

    private void check(PgConnection connection) {
        long asked = System.nanoTime();
        connection
                .query("select pg_backend_pid()")
                .execute()
                .onSuccess(rows -> answered(connection, asked, rows))
                .onFailure(failure -> connection.close());
    }

    private void answered(PgConnection connection, long asked, RowSet<Row> rows) {
        if (connection != current) {
            return;
        }
        if (rows.iterator().next().getInteger(0) != connection.processId()) {
            warn("a connection pooler is in between, so that announcements may go astray");
            connection.close();
            return;
        }
        changes.confirm(asked);
        if (!confirmed) {
            LOG.info("Changes are heard: credentials and projects are kept in memory");
            confirmed = true;
            warned = false;
            pauseMillis = MIN_PAUSE_MILLIS;
        }
        vertx.setTimer(CHECK_MILLIS, timer -> check(connection));
    }

    private void closed() {
        current = null;
        changes.suspend();
        retry("the connection was closed");
    }

    /** A shutdown closes the connection too: that is nothing to warn of. */
    private void retry(@Nullable String why) {
        vertx.setTimer(pauseMillis, timer -> {
            if (!stopped) {
                if (why != null) {
                    warn(why);
                }
                connect();
            }
        });
        pauseMillis = Math.min(2 * pauseMillis, MAX_PAUSE_MILLIS);
    }

    private void warn(String why) {
        if (!warned) {
            LOG.warnf("Changes are not heard, nothing is kept in memory meanwhile: %s", why);
            warned = true;
        }
    }
}
