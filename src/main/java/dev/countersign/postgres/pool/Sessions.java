package dev.countersign.postgres.pool;

import dev.countersign.postgres.turn.LockQueues;
import dev.countersign.postgres.turn.WantedRow;
import io.quarkus.hibernate.reactive.panache.Panache;
import io.smallrye.common.vertx.ContextLocals;
import io.smallrye.mutiny.CompositeException;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.vertx.UniHelper;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Runs reads, changes and transactions in Hibernate sessions, and repeats work that meets a locked row. Work waits for
 * a connection or a lock before its session opens; work for the same row waits in one queue, and the queues take turns.
 * Work that meets a lock runs again as a whole. Work ends normally even if its client hangs up.
 *
 * <p>Each method fails with the failure of the last attempt, or with SQLSTATE 55P03 if a lock was not released within
 * the acquire timeout. Work inside other work joins its session and does not run again, because a failure ends the
 * transaction.
 */
@Singleton
public class Sessions {

    private static final String IN_SESSION = Sessions.class.getName();

    private final DatabaseConnections connections;
    private final LockQueues locks;

    Sessions(DatabaseConnections connections, LockQueues locks) {
        this.connections = connections;
        this.locks = locks;
    }

    /**
     * Runs work that only reads, or that waits for no row.
     *
     * @param tables the names of all tables that the work reads, because a whole table may be locked
     */
    public <T extends @Nullable Object> Uni<T> read(String tables, Supplier<Uni<T>> work) {
        return run(new WantedRow(tables, WantedRow.NO_ROW), () -> Panache.withSession(work));
    }

    /**
     * Runs work that changes or locks a row.
     *
     * @param kind a table, or a column that refers to a table
     * @param which the row of this kind; equal for work on the same row
     * @param work makes new entities in each run
     */
    public <T extends @Nullable Object> Uni<T> change(String kind, Object which, Supplier<Uni<T>> work) {
        return run(new WantedRow(kind, which), () -> Panache.withSession(work));
    }

    /** Runs work that changes or locks a row, in a transaction; otherwise like {@link #change}. */
    public <T extends @Nullable Object> Uni<T> transaction(String kind, Object which, Supplier<Uni<T>> work) {
        return run(new WantedRow(kind, which), () -> Panache.withTransaction(work));
    }

    /**
     * Whether all connections for sessions stay lent.
     *
     * @param patience how long to wait for a connection
     */
    public Uni<Boolean> areUsedUp(Duration patience) {
        return connections.areUsedUp(locks.hasRefusedSession(), patience);
    }

    private <T extends @Nullable Object> Uni<T> run(WantedRow wanted, Supplier<Uni<T>> work) {
        return Uni.createFrom()
                .deferred(() -> ContextLocals.get(IN_SESSION).isPresent()
                        ? work.get()
                        : UniHelper.toUni(locks.inSession(wanted, () -> UniHelper.toFuture(runMarked(work)))));
    }

    private static <T extends @Nullable Object> Uni<T> runMarked(Supplier<Uni<T>> work) {
        ContextLocals.put(IN_SESSION, true);
        return work.get()
                .eventually(() -> ContextLocals.remove(IN_SESSION))
                .onFailure(CompositeException.class)
                .transform(Sessions::ofWork);
    }

    /** The failure of the work, where the rollback failed too, because the connection broke. Nothing is stored then either. */
    private static Throwable ofWork(Throwable failures) {
        return ((CompositeException) failures).getCauses().get(0);
    }
}
