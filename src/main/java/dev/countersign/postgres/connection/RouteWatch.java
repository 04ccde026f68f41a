package dev.countersign.postgres.connection;

import dev.countersign.sqlstate.DatabaseFault;
import dev.countersign.sqlstate.DatabaseStateLog;
import io.smallrye.common.vertx.VertxContext;
import io.vertx.core.AsyncResult;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.pgclient.PgException;
import io.vertx.sqlclient.SqlConnection;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;

/**
 * Tests whether a new connection leads to a server that takes writes, and repeats the test until one does. Each test
 * opens a connection for one query, because open connections still lead to the old server. While the server takes no
 * writes, tests repeat every {@value #CHECK_INTERVAL_MILLIS} ms, so that writes recover within a second. Only one test
 * runs at a time.
 */
final class RouteWatch {

    private static final long CHECK_INTERVAL_MILLIS = 500;

    private final Vertx vertx;
    private final Context context;
    private final Supplier<Future<SqlConnection>> route;
    private final DatabaseStateLog state;
    private final Runnable onWritable;

    /** True from a call of {@link #check} until a test finds a server that takes writes, or fails. */
    private final AtomicBoolean checking = new AtomicBoolean();

    private volatile boolean readOnly;
    private volatile long lastCheck = System.nanoTime() - TimeUnit.MILLISECONDS.toNanos(CHECK_INTERVAL_MILLIS);

    /**
     * Makes a watch that has not tested anything yet.
     *
     * @param route opens a connection
     * @param onWritable runs after each test that finds a server that takes writes
     */
    RouteWatch(Vertx vertx, Supplier<Future<SqlConnection>> route, DatabaseStateLog state, Runnable onWritable) {
        this.vertx = vertx;
        this.context = VertxContext.getRootContext(vertx.getOrCreateContext());
        this.route = route;
        this.state = state;
        this.onWritable = onWritable;
    }

    /** Whether the last test that got an answer found a server that takes no writes. */
    boolean isReadOnly() {
        return readOnly;
    }

    /** Starts a test unless one runs, at least {@value #CHECK_INTERVAL_MILLIS} ms after the last. */
    void check() {
        if (checking.compareAndSet(false, true)) {
            long past = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - lastCheck);
            checkAfter(CHECK_INTERVAL_MILLIS - past);
        }
    }

    private void checkAfter(long millis) {
        if (millis > 0) {
            vertx.setTimer(millis, timer -> context.runOnContext(any -> checkNow()));
        } else {
            context.runOnContext(any -> checkNow());
        }
    }

    private void checkNow() {
        // An exception of the route counts as a failed test.
        Future.succeededFuture()
                .compose(any -> route.get())
                .compose(RouteWatch::queryReadOnly)
                .onComplete(this::handleResult);
    }

    private static Future<Boolean> queryReadOnly(SqlConnection connection) {
        return OpenConnections.isReadOnly(connection).onComplete(any -> connection.close());
    }

    /** Keeps {@link #readOnly} after a failed test. Then tests repeat only if the server is known to refuse writes. */
    private void handleResult(AsyncResult<Boolean> found) {
        lastCheck = System.nanoTime();
        if (found.failed()) {
            state.failed(found.cause());
        } else {
            readOnly = found.result();
        }
        if (readOnly) {
            state.failed(new PgException("the server takes no writes", "ERROR", DatabaseFault.READ_ONLY, null));
            checkAfter(CHECK_INTERVAL_MILLIS);
            return;
        }
        checking.set(false);
        if (found.succeeded()) {
            onWritable.run();
        }
    }
}
