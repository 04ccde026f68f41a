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
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Listens on a database connection of its own for the changes that PostgreSQL announces, drops the changed rows from the
 * caches, and tells the observers. A query tests this connection every {@value #CHECK_MILLIS} ms. Announcements and answers arrive in
 * order, so an answer proves that no earlier announcement is missing. Without an answer the caches pause; then the
 * driver closes the connection and a new one opens.
 */
@Singleton
class ChangeListener {

    private static final Logger LOG = Logger.getLogger(ChangeListener.class);
    private static final int CHECK_MILLIS = 250;
    private static final int START_PAUSE_MILLIS = 50;
    private static final int MIN_PAUSE_MILLIS = 100;
    private static final int MAX_PAUSE_MILLIS = 5_000;
    private static final String CHECK =
            "select pg_backend_pid(), cast(extract(epoch from statement_timestamp()) * 1000000 as bigint)";

    private final Vertx vertx;
    private final DatabaseConnections connections;
    private final SubjectVersions changes;
    private final DatabaseStateLog state;
    private final AtomicBoolean started = new AtomicBoolean();
    private final List<ChangeObserver> observers = new CopyOnWriteArrayList<>();

    // Only one event loop changes the fields below, except stopped.
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

    /** Adds an observer, which is told of the changes from now on. */
    void add(ChangeObserver observer) {
        observers.add(observer);
    }

    /** Starts to listen at the first call; never waits. */
    void start() {
        startOnce(this::connect);
    }

    /**
     * Starts to listen {@value #START_PAUSE_MILLIS} ms after the first call, so that the first request after a start does not share the
     * processor with the login of this connection.
     */
    void startSoon() {
        startOnce(() -> vertx.setTimer(START_PAUSE_MILLIS, timer -> connect()));
    }

    private void startOnce(Runnable first) {
        if (!started.get() && started.compareAndSet(false, true)) {
            VertxContext.getRootContext(vertx.getOrCreateContext()).runOnContext(any -> first.run());
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
        connections.open().onSuccess(this::listen).onFailure(this::failed);
    }

    /** Leaves the warning to {@link DatabaseStateLog} if the database is out of reach. */
    private void failed(Throwable failure) {
        state.failed(failure);
        retry(DatabaseFault.isUnavailable(failure) ? null : DatabaseFault.describe(failure));
    }

    private void listen(PgConnection opened) {
        current = opened;
        confirmed = false;
        opened.notificationHandler(announcement -> announced(announcement.getPayload()));
        opened.closeHandler(any -> closed());
        opened.query("listen countersign_changes")
                .execute()
                .onSuccess(listening -> {
                    announced(SubjectVersions.EVERY_SUBJECT);
                    check(opened);
                })
                .onFailure(failure -> opened.close());
    }

    private void announced(String subject) {
        changes.invalidate(subject);
        if (subject.equals(SubjectVersions.EVERY_SUBJECT)) {
            observers.forEach(ChangeObserver::anythingChanged);
        } else {
            observers.forEach(observer -> observer.changed(subject));
        }
    }

    private void check(PgConnection connection) {
        long asked = System.nanoTime();
        connection
                .query(CHECK)
                .execute()
                .onSuccess(rows -> answered(connection, asked, rows))
                .onFailure(failure -> connection.close());
    }

    private void answered(PgConnection connection, long asked, RowSet<Row> rows) {
        if (connection != current) {
            return;
        }
        Row row = rows.iterator().next();
        if (row.getInteger(0) != connection.processId()) {
            warn("a connection pooler stands in between, so announcements may be lost");
            connection.close();
            return;
        }
        observers.forEach(observer -> observer.complete(asked, row.getLong(1)));
        changes.confirm(asked);
        if (!confirmed) {
            LOG.info("Listening to changes: credentials and projects are cached in memory");
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

    /** Connects again after a pause. Does not warn during a shutdown, which closes the connection too. */
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
            LOG.warnf("Not listening to changes, so nothing is cached in memory: %s", why);
            warned = true;
        }
    }
}
