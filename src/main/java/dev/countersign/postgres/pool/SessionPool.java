package dev.countersign.postgres.pool;

import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.vertx.UniHelper;
import io.vertx.core.AsyncResult;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Promise;
import io.vertx.core.VertxException;
import io.vertx.core.impl.CloseFuture;
import io.vertx.core.impl.VertxInternal;
import io.vertx.pgclient.impl.PgPoolImpl;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.SqlConnection;
import java.time.Duration;

/**
 * The pool of connections that are lent to one session at a time, with a limit to how long a session waits for one. A
 * connection that comes later is given back. The pool's own limit must be off: where it ran out just as a connection was
 * handed over, the wait failed and the connection was never seen again.
 */
final class SessionPool extends PgPoolImpl {

    private final VertxInternal vertx;
    private final Pool pool;
    private final long limitMillis;

    /** Whether somebody has waited in vain, and nobody was lent a connection since. */
    private volatile boolean refused;

    SessionPool(VertxInternal vertx, Pool pool, Duration limit) {
        super(vertx, new CloseFuture(), pool);
        this.vertx = vertx;
        this.pool = pool;
        this.limitMillis = limit.toMillis();
    }

    @Override
    public Future<SqlConnection> getConnection() {
        Promise<SqlConnection> lent = vertx.getOrCreateContext().promise();
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
     * Whether all connections are lent, and none has come back for longer than anybody waits. Asks where in doubt.
     *
     * @param doubt whether somebody has waited in vain before even coming here
     */
    Uni<Boolean> isUsedUp(boolean doubt, Duration patience) {
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
