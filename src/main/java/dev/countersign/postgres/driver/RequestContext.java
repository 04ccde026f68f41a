package dev.countersign.postgres.driver;

import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.impl.ContextInternal;
import io.vertx.pgclient.spi.PgDriver;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.impl.SqlConnectionBase;
import org.jspecify.annotations.Nullable;

/**
 * Holds the Vert.x context of a request, and runs code in it: on the request's event loop, with its own data such as its trace.
 */
public final class RequestContext {

    private final ContextInternal context;

    private RequestContext(ContextInternal context) {
        this.context = context;
    }

    /** The context of the request that runs on the current thread. */
    public static RequestContext current(Vertx vertx) {
        return new RequestContext((ContextInternal) vertx.getOrCreateContext());
    }

    /** A promise whose listeners run in this context, whichever thread completes the promise. */
    public <T extends @Nullable Object> Promise<T> promise() {
        return context.promise();
    }

    /** Sends statements on a connection that any event loop has; the answers arrive in this context. */
    public SqlClient view(SqlConnection connection) {
        SqlConnectionBase<?> open = (SqlConnectionBase<?>) connection;
        return PgDriver.INSTANCE.wrapConnection(context, open.factory(), open.unwrap());
    }

    /** Whether the current thread is the event loop of this context. */
    public boolean isOnEventLoop() {
        return context.isEventLoopContext() && context.inThread();
    }

    /** The context of the same event loop that belongs to no request. */
    public RequestContext ofEventLoop() {
        return new RequestContext(context.unwrap());
    }

    /** Runs code in this context, on the event loop. */
    public void run(Runnable code) {
        context.runOnContext(any -> code.run());
    }

    /** Runs code in this context, on the event loop, after some milliseconds. */
    public void runAfter(long milliseconds, Runnable code) {
        context.setTimer(milliseconds, any -> code.run());
    }
}
