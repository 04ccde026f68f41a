package dev.countersign.postgres.pool;

import dev.countersign.postgres.turn.LockQueues;
import dev.countersign.postgres.turn.Wanted;
import io.quarkus.hibernate.reactive.panache.Panache;
import io.smallrye.common.vertx.ContextLocals;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.vertx.UniHelper;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Opens sessions of Hibernate, the only way to do so. Work waits outside of the sessions for its turn and for locks that
 * others hold: whoever wants the same waits together, and different kinds take turns. Work that meets a lock is run anew as a
 * whole. It goes on where the client that asked for it hangs up.
 *
 * <p>All of them fail as the last attempt does, or with SQLSTATE 55P03 where a lock was not to be had within the acquire
 * timeout. Inside of other work, whose transaction a failure would end, work joins the session and is not run anew.
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
     * Runs work that only reads, or waits for no row.
     *
     * @param tables the names of all tables that it reads: others may keep them locked as a whole
     */
    public <T extends @Nullable Object> Uni<T> read(String tables, Supplier<Uni<T>> work) {
        return run(new Wanted(tables, Wanted.NO_ROW), () -> Panache.withSession(work));
    }

    /**
     * Runs work that changes or locks a row.
     *
     * @param kind what is wanted: a table, or a column that refers to one
     * @param which which row of it: equal for those who want the same
     * @param work makes anew each time what it stores
     */
    public <T extends @Nullable Object> Uni<T> change(String kind, Object which, Supplier<Uni<T>> work) {
        return run(new Wanted(kind, which), () -> Panache.withSession(work));
    }

    /** The same in a transaction. */
    public <T extends @Nullable Object> Uni<T> transaction(String kind, Object which, Supplier<Uni<T>> work) {
        return run(new Wanted(kind, which), () -> Panache.withTransaction(work));
    }

    /**
     * Whether sessions wait in vain, as all connections for them are lent and none comes back.
     *
     * @param patience how long to wait for one that comes back
     */
    public Uni<Boolean> areUsedUp(Duration patience) {
        return connections.areUsedUp(locks.hasRefusedSession(), patience);
    }

    private <T extends @Nullable Object> Uni<T> run(Wanted wanted, Supplier<Uni<T>> work) {
        return Uni.createFrom()
                .deferred(() -> ContextLocals.get(IN_SESSION).isPresent()
                        ? work.get()
                        : UniHelper.toUni(locks.inSession(wanted, () -> UniHelper.toFuture(runMarked(work)))));
    }

    private static <T extends @Nullable Object> Uni<T> runMarked(Supplier<Uni<T>> work) {
        ContextLocals.put(IN_SESSION, true);
        return work.get().eventually(() -> ContextLocals.remove(IN_SESSION));
    }
}
