package dev.countersign.postgres.turn;

import dev.countersign.postgres.connection.DatabaseConfig;
import dev.countersign.postgres.driver.RequestContext;
import dev.countersign.sqlstate.DatabaseFault;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Runs database work in turns: work waits for a free connection, or in a queue while another transaction locks its row.
 * Queued work holds no connection, so work that needs no such lock can use the connections. PostgreSQL gives up on a
 * lock after {@link #STATEMENT_LOCK_TIMEOUT} or {@link #SESSION_LOCK_TIMEOUT} and has changed nothing. Then the first
 * waiter for the lock retries every {@value #RETRY_MILLIS} ms; once it succeeds, the other waiters follow.
 */
@Singleton
public class LockQueues {

    /** How long a single statement may wait for a lock, and so delay the statements behind it on its connection. */
    public static final Duration STATEMENT_LOCK_TIMEOUT = Duration.ofMillis(25);

    /** How long a session may wait for a lock while it holds a connection that other sessions need. */
    public static final Duration SESSION_LOCK_TIMEOUT = Duration.ofMillis(50);

    /** The most statements in flight on one connection. All of them wait while one of them is slow. */
    public static final int PIPELINING_LIMIT = 16;

    /** The most waiters for a pool. A longer queue would only use memory, because its end could not be served in time. */
    public static final int MAX_WAITERS = 4096;

    private static final int RETRY_MILLIS = 100;
    private static final String WAITING = "countersign.db.waiting";
    private static final String POOL = "pool_name";

    private final Vertx vertx;
    private final long limitMillis;
    private final PoolSlots statements;
    private final PoolSlots sessions;
    private final LockWaiters lockWaiters = new LockWaiters();

    LockQueues(Vertx vertx, DatabaseConfig config, MeterRegistry metrics) {
        DatabaseConfig.Connection limits = config.connection();
        this.vertx = vertx;
        this.limitMillis = Math.max(1, limits.acquireTimeout().toMillis());
        this.statements = new PoolSlots(limits.forStatements() * PIPELINING_LIMIT);
        this.sessions = new PoolSlots(limits.forSessions());
        metrics.gauge(WAITING, Tags.of(POOL, "statements"), statements, PoolSlots::waiting);
        metrics.gauge(WAITING, Tags.of(POOL, "sessions"), sessions, PoolSlots::waiting);
        metrics.gauge("countersign.db.waiting.for.lock", lockWaiters, LockWaiters::size);
    }

    /**
     * Sends a statement once a slot is free, and again as long as its row is locked. Fails with the failure of the last
     * attempt, or with SQLSTATE 55P03 if the lock was not released within the acquire timeout.
     */
    public <T extends @Nullable Object> Future<T> send(Supplier<WantedRow> wanted, Supplier<Future<T>> statement) {
        return send(statements, wanted, statement);
    }

    /** Does the same as {@link #send(Supplier, Supplier)} with work that opens and closes a session. */
    public <T extends @Nullable Object> Future<T> inSession(WantedRow wanted, Supplier<Future<T>> work) {
        return send(sessions, () -> wanted, work);
    }

    /** Whether a session was refused a slot and no session has taken one since. */
    public boolean hasRefusedSession() {
        return sessions.hasRefused();
    }

    private <T extends @Nullable Object> Future<T> send(
            PoolSlots slots, Supplier<WantedRow> wanted, Supplier<Future<T>> work) {
        if (lockWaiters.isEmpty() && slots.tryTake()) {
            return start(work)
                    .onComplete(done -> release(slots))
                    .recover(failure -> DatabaseFault.isLocked(failure)
                            ? waitForLock(waiter(slots, wanted.get(), work))
                            : Future.failedFuture(failure));
        }
        Waiter<T> waiter = waiter(slots, wanted.get(), work);
        if (lockWaiters.isLocked(waiter.wanted())) {
            return waitForLock(waiter);
        }
        attemptOnceFree(waiter);
        return waiter.result();
    }

    private <T extends @Nullable Object> Waiter<T> waiter(PoolSlots slots, WantedRow wanted, Supplier<Future<T>> work) {
        Waiter<T> waiter = new Waiter<>(wanted, slots, () -> start(work), RequestContext.current(vertx));
        long timer = vertx.setTimer(limitMillis, late -> waiter.expire());
        waiter.result().onComplete(done -> vertx.cancelTimer(timer));
        return waiter;
    }

    private void attemptOnceFree(Waiter<?> waiter) {
        if (waiter.slots().takeOrQueue(waiter)) {
            attempt(waiter);
        }
    }

    /** Gives a slot to the first waiter that can use it; waiters whose lock is known to be taken move to its queue. */
    private void release(PoolSlots slots) {
        Waiter<?> next = slots.release();
        while (next != null) {
            if (next.isProbe() || (!next.isOver() && !lockWaiters.isLocked(next.wanted()))) {
                attempt(next);
                return;
            }
            if (!next.isOver()) {
                waitForLock(next);
            }
            next = slots.release();
        }
    }

    private void attempt(Waiter<?> waiter) {
        boolean probe = waiter.isProbe();
        waiter.attempt(isLocked -> {
            release(waiter.slots());
            if (!isLocked && probe) {
                releaseWaiters(waiter.wanted());
            } else if (isLocked) {
                waiter.waitForLock();
                if (probe) {
                    probeLater(waiter.wanted());
                } else if (!waiter.isOver()) {
                    waitForLock(waiter);
                }
            }
        });
    }

    private <T extends @Nullable Object> Future<T> waitForLock(Waiter<T> waiter) {
        waiter.waitForLock();
        if (lockWaiters.add(waiter)) {
            probeLater(waiter.wanted());
        }
        return waiter.result();
    }

    private void probeLater(WantedRow wanted) {
        vertx.setTimer(RETRY_MILLIS, timer -> {
            Waiter<?> next = lockWaiters.firstWaiting(wanted);
            if (next != null) {
                attemptOnceFree(next.asProbe());
            }
        });
    }

    /** The lock is free, so all its waiters take or queue for slots. */
    private void releaseWaiters(WantedRow wanted) {
        lockWaiters.removeAll(wanted).forEach(this::attemptOnceFree);
    }

    private static <T extends @Nullable Object> Future<T> start(Supplier<Future<T>> work) {
        try {
            return work.get();
        } catch (RuntimeException e) {
            return Future.failedFuture(e);
        }
    }
}
