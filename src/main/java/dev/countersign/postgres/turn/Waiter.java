package dev.countersign.postgres.turn;

import dev.countersign.postgres.driver.RequestContext;
import dev.countersign.sqlstate.DatabaseFault;
import io.vertx.core.AsyncResult;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.VertxException;
import io.vertx.pgclient.PgException;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Holds the work of one request while the work waits for a connection or for a lock, and gives up when its time is
 * over. No attempt begins once its time is over. An attempt that runs by then ends normally, so that the request learns
 * its result.
 */
final class Waiter<T extends @Nullable Object> {

    private final WantedRow wanted;
    private final PoolSlots slots;
    private final Supplier<Future<T>> work;
    private final RequestContext context;
    private final Promise<T> promise;
    private boolean underWay;
    private boolean late;
    private volatile boolean lockSeen;
    private boolean probe;

    /**
     * Makes work that waits.
     *
     * @param work one attempt
     * @param context the context of the request, in which attempts run
     */
    Waiter(WantedRow wanted, PoolSlots slots, Supplier<Future<T>> work, RequestContext context) {
        this.wanted = wanted;
        this.slots = slots;
        this.work = work;
        this.context = context;
        this.promise = context.promise();
    }

    WantedRow wanted() {
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

    /** Whether the next attempt tests the lock on behalf of all its waiters. */
    synchronized boolean isProbe() {
        return probe;
    }

    /** Makes the next attempt a test of the lock on behalf of all its waiters. */
    synchronized Waiter<T> asProbe() {
        probe = true;
        return this;
    }

    /** Notes that the lock is taken; fails the work if its time is over. */
    void waitForLock() {
        if (markLocked()) {
            giveUp();
        }
    }

    /** Ends the time of the work: fails the work at once, or after the attempt that runs. */
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
            promise.tryFail(new PgException(
                    "the lock was not released in time", "ERROR", DatabaseFault.LOCK_NOT_AVAILABLE, null));
        } else {
            refuse();
        }
    }

    /** Fails the work because no slot was free in time. */
    void refuse() {
        if (promise.tryFail(new VertxException("no connection was free in time", true))) {
            slots.markRefused();
        }
    }

    /**
     * Runs one attempt in the context of the request, unless the work is over.
     *
     * @param whenDone receives true if the lock is still taken, or if no attempt began
     */
    void attempt(Consumer<Boolean> whenDone) {
        context.run(() -> {
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
