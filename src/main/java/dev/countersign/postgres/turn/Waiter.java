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
    private final PoolSlots slots;
    private final Supplier<Future<T>> work;
    private final ContextInternal context;
    private final Promise<T> promise;
    private boolean underWay;
    private boolean late;
    private volatile boolean lockSeen;
    private boolean probe;

    /**
     * Work of a request.
     *
     * @param context the request's
     */
    Waiter(Wanted wanted, PoolSlots slots, Supplier<Future<T>> work, ContextInternal context) {
        this.wanted = wanted;
        this.slots = slots;
        this.work = work;
        this.context = context;
        this.promise = context.promise();
    }

    Wanted wanted() {
        return wanted;
    }

    PoolSlots slots() {
        return slots;
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
    void waitForLock() {
        if (markLocked()) {
            giveUp();
        }
    }

    /** Its time is over. */
    void expire() {
        if (markLate()) {
            giveUp();
        }
    }

    private synchronized boolean markLocked() {
        lockSeen = true;
        probe = false;
        return late;
    }

    private synchronized boolean markLate() {
        late = true;
        return !underWay;
    }

    private void giveUp() {
        if (lockSeen) {
            promise.tryFail(new PgException("a lock was not to be had in time", "ERROR", LOCK_NOT_AVAILABLE, null));
        } else {
            refuse();
        }
    }

    /** There is no room for it. */
    void refuse() {
        if (promise.tryFail(new VertxException("no connection was free in time", true))) {
            slots.markRefused();
        }
    }

    /**
     * Tries, in the context of its request, unless its time is over.
     *
     * @param over is told whether a lock is still not to be had
     */
    void attempt(Consumer<Boolean> whenDone) {
        context.runOnContext(any -> {
            if (!startAttempt()) {
                whenDone.accept(true);
                return;
            }
            work.get().onComplete(result -> {
                boolean locked = result.failed() && DatabaseFault.isLocked(result.cause());
                if (locked) {
                    endAttempt();
                } else {
                    complete(result);
                }
                whenDone.accept(locked);
            });
        });
    }

    private synchronized boolean startAttempt() {
        underWay = !isOver();
        return underWay;
    }

    private synchronized void endAttempt() {
        underWay = false;
    }

    private void complete(AsyncResult<T> result) {
        if (result.succeeded()) {
            promise.tryComplete(result.result());
        } else {
            promise.tryFail(result.cause());
        }
    }
}
