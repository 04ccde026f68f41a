package dev.countersign.postgres.row;

import io.quarkus.hibernate.reactive.panache.Panache;
import io.smallrye.mutiny.Uni;

/**
 * Static helper: locks a text, such as a name that no row has yet, in the database until the transaction ends. Two texts may
 * share a lock by chance, so a lock may only protect work that is as correct if it waits.
 */
public final class TransactionLock {

    private static final String TAKE = "select cast(pg_advisory_xact_lock(hashtextextended(:text, 0)) as text)";

    private TransactionLock() {}

    /**
     * Takes the lock in the transaction that the caller has opened. A later statement of the transaction sees all that
     * earlier holders of the lock have stored; a statement that began before does not.
     */
    public static Uni<?> take(String text) {
        return Panache.getSession().flatMap(session -> session.createNativeQuery(TAKE, String.class)
                .setParameter("text", text)
                .getSingleResultOrNull());
    }
}
