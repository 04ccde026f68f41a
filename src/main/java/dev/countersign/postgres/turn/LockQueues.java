package dev.countersign.postgres.turn;

import dev.countersign.postgres.connection.DatabaseConfig;
import dev.countersign.sqlstate.DatabaseFault;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.impl.ContextInternal;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Where work waits for its turn on the connections, and for a lock that somebody holds: outside of the connections, which
 * others want who need no such lock. On a connection PostgreSQL gives up after {@link #IN_LINE} or {@link #IN_SESSION},
 * having done nothing. From then on the first of those that want the same tries again and again; once it gets through, the
 * others follow.
 */
@Singleton
public class LockQueues {

    /** How long a statement may hold up those behind it on its connection. */
    public static final Duration IN_LINE = Duration.ofMillis(25);

    /** How long a session may wait for a lock with a connection that other sessions want. */
    public static final Duration IN_SESSION = Duration.ofMillis(50);

    /** How many statements may be under way on a connection: as many must wait while one of them is slow. */
    public static final int PIPELINED = 16;

    private static final int PAUSE_MILLIS = 100;
    private static final String WAITING = "countersign.db.waiting";
    private static final String POOL = "pool_name";

    private final Vertx vertx;
    private final long limitMillis;
    private final Lane statements;
    private final Lane sessions;
    private final Locked locked = new Locked();

    LockQueues(Vertx vertx, DatabaseConfig config, MeterRegistry metrics) {
        DatabaseConfig.Connection limits = config.connection();
        this.vertx = vertx;
        this.limitMillis = Math.max(1, limits.acquireTimeout().toMillis());
        this.statements = new Lane(limits.forStatements() * PIPELINED);
        this.sessions = new Lane(limits.forSessions());
        metrics.gauge(WAITING, Tags.of(POOL, "statements"), statements, Lane::waiting);
        metrics.gauge(WAITING, Tags.of(POOL, "sessions"), sessions, Lane::waiting);
        metrics.gauge("countersign.db.waiting.for.lock", locked, Locked::size);
    }

    /**
     * Sends a statement once it is its turn, as often as it meets a lock. Fails as the last attempt does, or with SQLSTATE
     * 55P03 where the lock was not to be had within the acquire timeout.
     */
    public <T extends @Nullable Object> Future<T> send(Supplier<Wanted> wanted, Supplier<Future<T>> statement) {
        return send(statements, wanted, statement);
    }

    /** The same with a session, which the work opens and closes. */
    public <T extends @Nullable Object> Future<T> inSession(Wanted wanted, Supplier<Future<T>> work) {
        return send(sessions, () -> wanted, work);
    }

    /** Whether a session has waited in vain for its turn, and none had a turn since. */
    public boolean refusesSessions() {
        return sessions.refuses();
    }

    private <T extends @Nullable Object> Future<T> send(Lane lane, Supplier<Wanted> wanted, Supplier<Future<T>> work) {
        if (locked.isEmpty() && lane.enter()) {
            return guarded(work)
                    .onComplete(over -> leave(lane))
                    .recover(failure -> DatabaseFault.isLocked(failure)
                            ? locked(waiter(lane, wanted.get(), work))
                            : Future.failedFuture(failure));
        }
        Waiter<T> waiter = waiter(lane, wanted.get(), work);
        if (locked.concerns(waiter.wanted())) {
            return locked(waiter);
        }
        enter(waiter);
        return waiter.result();
    }

    private <T extends @Nullable Object> Waiter<T> waiter(Lane lane, Wanted wanted, Supplier<Future<T>> work) {
        Waiter<T> waiter =
                new Waiter<>(wanted, lane, () -> guarded(work), (ContextInternal) vertx.getOrCreateContext());
        long timer = vertx.setTimer(limitMillis, late -> waiter.expire());
        waiter.result().onComplete(over -> vertx.cancelTimer(timer));
        return waiter;
    }

    private void enter(Waiter<?> waiter) {
        if (waiter.lane().enterOrWait(waiter)) {
            attempt(waiter);
        }
    }

    /** Lets others through, until one of them stays. */
    private void leave(Lane lane) {
        Waiter<?> next = lane.next();
        while (next != null) {
            if (next.isProbe() || (!next.isOver() && !locked.concerns(next.wanted()))) {
                attempt(next);
                return;
            }
            if (!next.isOver()) {
                locked(next);
            }
            next = lane.next();
        }
    }

    private void attempt(Waiter<?> waiter) {
        boolean probe = waiter.isProbe();
        waiter.attempt(meetsLock -> {
            leave(waiter.lane());
            if (!meetsLock && probe) {
                free(waiter.wanted());
            } else if (meetsLock) {
                waiter.lock();
                if (probe) {
                    probeLater(waiter.wanted());
                } else if (!waiter.isOver()) {
                    locked(waiter);
                }
            }
        });
    }

    private <T extends @Nullable Object> Future<T> locked(Waiter<T> waiter) {
        waiter.lock();
        if (locked.add(waiter)) {
            probeLater(waiter.wanted());
        }
        return waiter.result();
    }

    private void probeLater(Wanted wanted) {
        vertx.setTimer(PAUSE_MILLIS, timer -> {
            Waiter<?> next = locked.first(wanted);
            if (next != null) {
                enter(next.asProbe());
            }
        });
    }

    /** The lock is gone: whoever waited for it waits for a turn. */
    private void free(Wanted wanted) {
        locked.takeAll(wanted).forEach(this::enter);
    }

    private static <T extends @Nullable Object> Future<T> guarded(Supplier<Future<T>> work) {
        try {
            return work.get();
        } catch (RuntimeException e) {
            return Future.failedFuture(e);
        }
    }
}
