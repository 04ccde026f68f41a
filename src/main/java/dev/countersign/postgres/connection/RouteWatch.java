package dev.countersign.postgres.connection;

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
 * Looks where the route to the database leads, once a connection raises the doubt that the server takes writes. Each look
 * opens a connection for one query, because open connections lead to where the route led before. While the server takes no
 * writes, a look follows the last one after {@value #CHECK_INTERVAL_MILLIS} ms, so that writes recover within a second. Only
 * one look runs at a time.
 */
final class RouteWatch {

    private static final long CHECK_INTERVAL_MILLIS = 500;

    private final Vertx vertx;
    private final Context context;
    private final Supplier<Future<SqlConnection>> route;
    private final DatabaseStateLog state;
    private final Runnable onWritable;

    /** From a doubt until a look finds a server that takes writes, or fails. */
    private final AtomicBoolean checking = new AtomicBoolean();

    private volatile boolean readOnly;
    private volatile long lastCheck = System.nanoTime() - TimeUnit.MILLISECONDS.toNanos(CHECK_INTERVAL_MILLIS);

    /**
     * Looks at nothing yet.
     *
     * @param route opens a connection
     * @param onWritable runs after each look that finds a server that does
     */
    RouteWatch(Vertx vertx, Supplier<Future<SqlConnection>> route, DatabaseStateLog state, Runnable onWritable) {
        this.vertx = vertx;
        this.context = VertxContext.getRootContext(vertx.getOrCreateContext());
        this.route = route;
        this.state = state;
        this.onWritable = onWritable;
    }

    /** Whether the last look that was answered found a server that takes no writes. */
    boolean isReadOnly() {
        return readOnly;
    }

    /** Looks, unless a look is under way; at once, unless the last one is less than {@value #CHECK_INTERVAL_MILLIS} ms ago. */
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
        // What the route throws counts as a look that failed.
        Future.succeededFuture()
                .compose(any -> route.get())
                .compose(RouteWatch::queryReadOnly)
                .onComplete(this::handleResult);
    }

    private static Future<Boolean> queryReadOnly(SqlConnection connection) {
        return OpenConnections.isReadOnly(connection).onComplete(any -> connection.close());
    }

    /** A look that fails says nothing of writes. After it the next look waits for a doubt, unless writes are known to be refused. */
    private void handleResult(AsyncResult<Boolean> found) {
        lastCheck = System.nanoTime();
        if (found.failed()) {
            state.failed(found.cause());
        } else {
            readOnly = found.result();
        }
        if (readOnly) {
            state.failed(new PgException("the server takes no writes", "ERROR", ServerFaultListener.READ_ONLY, null));
            checkAfter(CHECK_INTERVAL_MILLIS);
            return;
        }
        checking.set(false);
        if (found.succeeded()) {
            onWritable.run();
        }
    }
}
