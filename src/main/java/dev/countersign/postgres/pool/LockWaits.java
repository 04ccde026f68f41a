package dev.countersign.postgres.pool;

import dev.countersign.postgres.connection.DatabaseConfig;
import dev.countersign.sqlstate.DatabaseFault;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.vertx.UniHelper;
import io.vertx.core.AsyncResult;
import io.vertx.core.Context;
import io.vertx.core.Future;
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
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Where work waits for a lock that somebody holds: outside of the connections, which others want who need no such lock.
 * On a connection PostgreSQL gives up after {@link #IN_LINE} or {@link #IN_SESSION}, having done nothing. From then on the
 * first of those that want the same tries again and again; once it gets through, the others follow.
 */
@Singleton
public class LockWaits {

    /** How long a statement may hold up those behind it on its connection. */
    static final Duration IN_LINE = Duration.ofMillis(25);

    /** How long a session may wait for a lock with a connection that other sessions want. */
    static final Duration IN_SESSION = Duration.ofMillis(50);

    private static final int PAUSE_MILLIS = 100;
    private static final String LOCK_NOT_AVAILABLE = "55P03";

    private final Vertx vertx;
    private final long limitMillis;
    private final Map<Wanted, Deque<Waiter<?>>> queues = new ConcurrentHashMap<>();

    LockWaits(Vertx vertx, DatabaseConfig config) {
        this.vertx = vertx;
        this.limitMillis = Math.max(1, config.connection().acquireTimeout().toMillis());
    }

    /**
     * Runs a session or a transaction, or has it wait where another one that wants the same waits. It goes on where the
     * client that asked for it hangs up. Fails as the last attempt does, or with SQLSTATE 55P03 where the lock was not to
     * be had within the acquire timeout.
     *
     * @param kind what is wanted: a table, or a column that refers to one
     * @param which which row of it: equal for those who want the same
     * @param work opens the session, as often as is asked, and makes anew each time what it stores. Never inside of
     *     another session, whose transaction a failure would end
     */
    public <T extends @Nullable Object> Uni<T> run(String kind, Object which, Supplier<Uni<T>> work) {
        Wanted wanted = new Wanted(kind, which, null);
        return Uni.createFrom()
                .deferred(() -> UniHelper.toUni(send(() -> wanted, () -> UniHelper.toFuture(work.get()))));
    }

    /**
     * Sends a statement, or has it wait where one that wants the same waits.
     *
     * @param statement sends it, as often as is asked; fails as the last attempt does
     */
    Future<RowSet<Row>> send(String sql, Tuple parameters, Supplier<Future<RowSet<Row>>> statement) {
        return send(() -> Wanted.by(sql, parameters), statement);
    }

    private <T extends @Nullable Object> Future<T> send(Supplier<Wanted> wanted, Supplier<Future<T>> work) {
        if (!queues.isEmpty()) {
            Wanted now = wanted.get();
            if (queues.containsKey(now)) {
                return await(now, work);
            }
        }
        return work.get()
                .recover(failure ->
                        DatabaseFault.isLocked(failure) ? await(wanted.get(), work) : Future.failedFuture(failure));
    }

    private <T extends @Nullable Object> Future<T> await(Wanted wanted, Supplier<Future<T>> work) {
        ContextInternal context = (ContextInternal) vertx.getOrCreateContext();
        Promise<T> promise = context.promise();
        Waiter<T> waiter = new Waiter<>(context, work, promise);
        long timer = vertx.setTimer(limitMillis, late -> promise.tryFail(stillLocked()));
        add(wanted, waiter);
        return promise.future().onComplete(over -> vertx.cancelTimer(timer));
    }

    private void add(Wanted wanted, Waiter<?> waiter) {
        boolean first = false;
        synchronized (queues) {
            Deque<Waiter<?>> queue = queues.get(wanted);
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
            Waiter<?> next = first(wanted);
            if (next != null) {
                next.attempt(locked -> tried(wanted, next, locked));
            }
        });
    }

    private void tried(Wanted wanted, Waiter<?> waiter, boolean locked) {
        if (locked) {
            tryLater(wanted);
            return;
        }
        @Nullable Deque<Waiter<?>> all;
        synchronized (queues) {
            all = queues.remove(wanted);
        }
        if (all == null) {
            return;
        }
        all.remove(waiter);
        all.removeIf(Waiter::isOver);
        all.forEach(other -> other.attempt(still -> {
            if (still) {
                add(wanted, other);
            }
        }));
    }

    /** The first that waits still; with the last one its queue goes. */
    private @Nullable Waiter<?> first(Wanted wanted) {
        synchronized (queues) {
            Deque<Waiter<?>> queue = queues.getOrDefault(wanted, new ArrayDeque<>());
            queue.removeIf(Waiter::isOver);
            if (queue.isEmpty()) {
                queues.remove(wanted);
            }
            return queue.peek();
        }
    }

    private static PgException stillLocked() {
        return new PgException("a lock was not to be had in time", "ERROR", LOCK_NOT_AVAILABLE, null);
    }

    /** What those have in common that wait for the same lock: for statements the text, and the first two parameters. */
    private record Wanted(
            String kind, @Nullable Object first, @Nullable Object second) {

        static Wanted by(String sql, Tuple parameters) {
            return new Wanted(
                    sql,
                    parameters.size() > 0 ? parameters.getValue(0) : null,
                    parameters.size() > 1 ? parameters.getValue(1) : null);
        }
    }

    /** Work that waits, and the context of its request. */
    private record Waiter<T extends @Nullable Object>(Context context, Supplier<Future<T>> work, Promise<T> promise) {

        /** Tries, and tells whether the lock is still not to be had; else the work is over. */
        void attempt(Consumer<Boolean> locked) {
            context.runOnContext(any -> work.get().onComplete(result -> {
                boolean still = result.failed() && DatabaseFault.isLocked(result.cause());
                if (!still) {
                    end(result);
                }
                locked.accept(still);
            }));
        }

        boolean isOver() {
            return promise.future().isComplete();
        }

        private void end(AsyncResult<T> result) {
            if (result.succeeded()) {
                promise.tryComplete(result.result());
            } else {
                promise.tryFail(result.cause());
            }
        }
    }
}
