package dev.countersign.database;

import io.vertx.core.AsyncResult;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.impl.ContextInternal;
import io.vertx.pgclient.PgException;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Where statements wait for a lock that somebody holds: outside of the connections, which they share with statements that
 * concern others. On such a connection PostgreSQL gives up after {@link #IN_LINE}, having done nothing. From then on the
 * first of those that want the same tries again and again; once it gets through, the others follow.
 */
@Singleton
class LockWaits {

    /** How long a statement may hold up those behind it on its connection. */
    static final Duration IN_LINE = Duration.ofMillis(25);

    private static final int PAUSE_MILLIS = 100;
    private static final String LOCK_NOT_AVAILABLE = "55P03";

    private final Vertx vertx;
    private final long limitMillis;
    private final Map<Wanted, Deque<Waiter>> queues = new ConcurrentHashMap<>();

    LockWaits(Vertx vertx, DatabaseConfig config) {
        this.vertx = vertx;
        this.limitMillis = Math.max(1, config.connection().acquireTimeout().toMillis());
    }

    /**
     * Sends a statement, or has it wait where one that wants the same waits.
     *
     * @param statement sends it, as often as is asked; fails as the last attempt does
     */
    Future<RowSet<Row>> send(String sql, Tuple parameters, Supplier<Future<RowSet<Row>>> statement) {
        if (!queues.isEmpty()) {
            Wanted wanted = Wanted.by(sql, parameters);
            if (queues.containsKey(wanted)) {
                return await(wanted, statement);
            }
        }
        return statement
                .get()
                .recover(failure -> isLocked(failure)
                        ? await(Wanted.by(sql, parameters), statement)
                        : Future.failedFuture(failure));
    }

    private Future<RowSet<Row>> await(Wanted wanted, Supplier<Future<RowSet<Row>>> statement) {
        ContextInternal context = (ContextInternal) vertx.getOrCreateContext();
        Promise<RowSet<Row>> promise = context.promise();
        Waiter waiter = new Waiter(context, statement, promise);
        long timer = vertx.setTimer(limitMillis, late -> promise.tryFail(stillLocked()));
        add(wanted, waiter);
        return promise.future().onComplete(over -> vertx.cancelTimer(timer));
    }

    private void add(Wanted wanted, Waiter waiter) {
        boolean first = false;
        synchronized (queues) {
            Deque<Waiter> queue = queues.get(wanted);
            if (queue == null) {
                queue = new ArrayDeque<>();
                queues.put(wanted, queue);
                first = true;
            }
            queue.add(waiter);
        }
        if (first) {
            tryLater(wanted);
        }
    }

    private void tryLater(Wanted wanted) {
        vertx.setTimer(PAUSE_MILLIS, timer -> {
            Waiter next = first(wanted);
            if (next != null) {
                next.attempt(result -> tried(wanted, next, result));
            }
        });
    }

    private void tried(Wanted wanted, Waiter waiter, AsyncResult<RowSet<Row>> result) {
        if (result.failed() && isLocked(result.cause())) {
            tryLater(wanted);
            return;
        }
        @Nullable Deque<Waiter> all;
        synchronized (queues) {
            all = queues.remove(wanted);
        }
        waiter.end(result);
        if (all == null) {
            return;
        }
        all.remove(waiter);
        all.forEach(other -> other.attempt(its -> follow(wanted, other, its)));
    }

    private void follow(Wanted wanted, Waiter waiter, AsyncResult<RowSet<Row>> result) {
        if (result.failed() && isLocked(result.cause())) {
            add(wanted, waiter);
        } else {
            waiter.end(result);
        }
    }

    /** The first that waits still; with the last one its queue goes. */
    private @Nullable Waiter first(Wanted wanted) {
        synchronized (queues) {
            Deque<Waiter> queue = queues.getOrDefault(wanted, new ArrayDeque<>());
            queue.removeIf(Waiter::isOver);
            if (queue.isEmpty()) {
                queues.remove(wanted);
            }
            return queue.peek();
        }
    }

    private static boolean isLocked(Throwable failure) {
        return failure instanceof PgException pg && LOCK_NOT_AVAILABLE.equals(pg.getSqlState());
    }

    private static PgException stillLocked() {
        return new PgException("a lock was not to be had in time", "ERROR", LOCK_NOT_AVAILABLE, null);
    }

    /** What statements have in common that wait for the same lock: the text, and the first two parameters. */
    private record Wanted(
            String sql, @Nullable Object first, @Nullable Object second) {

        static Wanted by(String sql, Tuple parameters) {
            return new Wanted(
                    sql,
                    parameters.size() > 0 ? parameters.getValue(0) : null,
                    parameters.size() > 1 ? parameters.getValue(1) : null);
        }
    }

    /** A statement that waits, and the context of its request. */
    private record Waiter(Context context, Supplier<Future<RowSet<Row>>> statement, Promise<RowSet<Row>> promise) {

        void attempt(Handler<AsyncResult<RowSet<Row>>> done) {
            context.runOnContext(any -> statement.get().onComplete(done));
        }

        boolean isOver() {
            return promise.future().isComplete();
        }

        void end(AsyncResult<RowSet<Row>> result) {
            if (result.succeeded()) {
                promise.tryComplete(result.result());
            } else {
                promise.tryFail(result.cause());
            }
        }
    }
}
