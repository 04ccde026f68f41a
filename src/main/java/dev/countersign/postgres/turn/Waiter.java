package dev.countersign.postgres.turn;

import dev.countersign.sqlstate.DatabaseFault;
import io.vertx.core.AsyncResult;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.VertxException;
import io.vertx.core.impl.ContextInternal;
import io.vertx.pgclient.PgException;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Work that waits for its turn, or for a lock. Once its time is over it is not tried again; what is being tried just then
 * comes to its end, so that whoever asked for it is told what has become of it.
 */
final class Waiter<T extends @Nullable Object> {

    private static final String LOCK_NOT_AVAILABLE = "55P03";

    private final Wanted wanted;
    private final Lane lane;
    private final Supplier<Future<T>> work;
    private final ContextInternal context;
    private final Promise<T> promise;
    private boolean underWay;
    private boolean late;
    private volatile boolean meetsLock;
    private boolean probe;

    /**
     * Work of a request.
     *
     * @param context the request's
     */
    Waiter(Wanted wanted, Lane lane, Supplier<Future<T>> work, ContextInternal context) {
        this.wanted = wanted;
        this.lane = lane;
        this.work = work;
        this.context = context;
        this.promise = context.promise();
    }

    Wanted wanted() {
        return wanted;
    }

    Lane lane() {
        return lane;
    }

    Future<T> result() {
        return promise.future();
    }

    boolean isOver() {
        return promise.future().isComplete();
    }

    /** Whether it is tried to see whether a lock is gone, for all that want the same. */
    synchronized boolean isProbe() {
        return probe;
    }

    /** Is tried next, for all that want the same. */
    synchronized Waiter<T> asProbe() {
        probe = true;
        return this;
    }

    /** Waits for a lock from now on, where it has time left. */
    void lock() {
        if (meetLock()) {
            giveUp();
        }
    }

    /** Its time is over. */
    void expire() {
        if (isLate()) {
            giveUp();
        }
    }

    private synchronized boolean meetLock() {
        meetsLock = true;
        probe = false;
        return late;
    }

    private synchronized boolean isLate() {
        late = true;
        return !underWay;
    }

    private void giveUp() {
        if (meetsLock) {
            promise.tryFail(new PgException("a lock was not to be had in time", "ERROR", LOCK_NOT_AVAILABLE, null));
        } else {
            refuse();
        }
    }

    /** There is no room for it. */
    void refuse() {
        if (promise.tryFail(new VertxException("no connection was free in time", true))) {
            lane.refuse();
        }
    }

    /**
     * Tries, in the context of its request, unless its time is over.
     *
     * @param over is told whether a lock is still not to be had
     */
    void attempt(Consumer<Boolean> over) {
        context.runOnContext(any -> {
            if (!begin()) {
                over.accept(true);
                return;
            }
            work.get().onComplete(result -> {
                boolean locked = result.failed() && DatabaseFault.isLocked(result.cause());
                if (locked) {
                    pause();
                } else {
                    end(result);
                }
                over.accept(locked);
            });
        });
    }

    private synchronized boolean begin() {
        underWay = !isOver();
        return underWay;
    }

    private synchronized void pause() {
        underWay = false;
    }

    private void end(AsyncResult<T> result) {
        if (result.succeeded()) {
            promise.tryComplete(result.result());
        } else {
            promise.tryFail(result.cause());
        }
    }
}
