package dev.countersign.postgres.driver;

import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.vertx.UniHelper;
import io.vertx.core.AsyncResult;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.VertxException;
import io.vertx.core.impl.CloseFuture;
import io.vertx.core.impl.VertxInternal;
import io.vertx.pgclient.impl.PgPoolImpl;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.SqlConnection;
import java.time.Duration;

/**
 * Connection pool: lends each database connection to one session at a time, and limits how long a session waits for a
 * connection. A connection that comes too late goes back to the pool. The limit of the wrapped pool must be off: if that limit
 * ended just when the pool lent a connection, the wait failed and the connection was lost.
 */
public final class SessionPool extends PgPoolImpl {

    private final Vertx vertx;
    private final Pool pool;
    private final long limitMillis;

    /** Whether a session waited in vain and no session got a connection since. */
    private volatile boolean refused;

    SessionPool(Vertx vertx, Pool pool, Duration limit) {
        super((VertxInternal) vertx, new CloseFuture(), pool);
        this.vertx = vertx;
        this.pool = pool;
        this.limitMillis = limit.toMillis();
    }

    @Override
    public Future<SqlConnection> getConnection() {
        Promise<SqlConnection> lent = RequestContext.current(vertx).promise();
        long timer = vertx.setTimer(limitMillis, late -> giveUp(lent));
        pool.getConnection().onComplete(got -> {
            vertx.cancelTimer(timer);
            if (got.failed()) {
                lent.tryFail(got.cause());
                return;
            }
            refused = false;
            if (!lent.tryComplete(got.result())) {
                got.result().close();
            }
        });
        return lent.future();
    }

    @Override
    public void getConnection(Handler<AsyncResult<SqlConnection>> handler) {
        getConnection().onComplete(handler);
    }

    /**
     * Whether all connections stay lent. Tries to borrow one only if a session was refused.
     *
     * @param doubt whether a session was refused before it reached the pool
     * @param patience how long to wait for a connection
     */
    public Uni<Boolean> isUsedUp(boolean doubt, Duration patience) {
        if (!refused && !doubt) {
            return Uni.createFrom().item(false);
        }
        Future<Boolean> lent = getConnection().map(connection -> {
            connection.close();
            return false;
        });
        return UniHelper.toUni(lent)
                .ifNoItem()
                .after(patience)
                .recoverWithItem(true)
                .onFailure()
                .recoverWithItem(() -> refused || doubt);
    }

    @Override
    public void close(Handler<AsyncResult<Void>> handler) {
        pool.close(handler);
    }

    @Override
    public Future<Void> close() {
        return pool.close();
    }

    private void giveUp(Promise<SqlConnection> lent) {
        if (lent.tryFail(new VertxException("no connection was free in time", true))) {
            refused = true;
        }
    }
}
