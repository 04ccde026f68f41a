package dev.countersign.postgres.row;

import dev.countersign.postgres.pool.Sessions;
import io.quarkus.hibernate.reactive.panache.Panache;
import io.smallrye.mutiny.Uni;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Removes a row and all rows of other tables that belong to the row: with one statement, or in batches of one transaction
 * where there are many.
 *
 * <p>If each part has at most {@value #BATCH} rows, one statement removes everything. Otherwise one transaction removes
 * the parts in statements of at most {@value #BATCH} rows, and the row last. So each statement stays far below the
 * statement timeout, and the removal happens as a whole or not at all. The audit log gets one entry, for the row.
 *
 * @param table the table of the row
 * @param parts the rows that belong to the row, in the order of removal
 */
public record RowRemoval(String table, List<Part> parts) {

    /**
     * A row takes a few microseconds, so a batch stays far below any sensible statement timeout, even on a slow disk.
     */
    private static final int BATCH = 2_000;

    private static final String NAME_ACTOR = "select cast(set_config('countersign.actor', :actor, true)"
            + " || set_config('countersign.removing', :owner, true) as text)";

    /**
     * Selects the rows of one table that belong to the removed row.
     *
     * @param table the table of these rows
     * @param condition SQL that is true for these rows, with the id of the removed row as {@code :id}
     */
    public record Part(String table, String condition) {}

    /**
     * Removes a row, even if the client hangs up meanwhile.
     *
     * @param actor the name of the credential
     * @return 1, or 0 if the row does not exist
     */
    public Uni<Integer> remove(Sessions sessions, String actor, long id) {
        return sessions.change(table, id, () -> delete(actor, id, " and " + hasFewParts())
                .flatMap(removed -> removed > 0 ? Uni.createFrom().item(removed) : removeInBatches(actor, id)));
    }

    private Uni<Integer> removeInBatches(String actor, long id) {
        return Panache.withTransaction(() -> {
            Uni<?> done = nameActor(actor, id);
            for (Part part : parts) {
                done = done.flatMap(any -> removeAll(part, id));
            }
            return done.flatMap(any -> delete(actor, id, ""));
        });
    }

    private Uni<Integer> delete(String actor, long id, String condition) {
        return AuditedStatement.execute(
                actor, "delete from " + table + " using actor where id = :id" + condition, Map.of("id", id));
    }

    /** Tells the triggers of the audit log which credential removes which row. */
    private Uni<?> nameActor(String actor, long id) {
        return Panache.getSession().flatMap(session -> session.createNativeQuery(NAME_ACTOR, String.class)
                .setParameter("actor", actor)
                .setParameter("owner", table + ":" + id)
                .getSingleResult());
    }

    private Uni<?> removeAll(Part part, long id) {
        String statement = "delete from " + part.table() + " where ctid = any(array(select ctid from " + part.table()
                + " where " + part.condition() + " limit " + BATCH + "))";
        return SessionStatement.execute(statement, Map.of("id", id))
                .repeat()
                .whilst(removed -> removed == BATCH)
                .collect()
                .last();
    }

    /** SQL that is true if each part has at most {@value #BATCH} rows. */
    private String hasFewParts() {
        return parts.stream()
                .map(part -> "not exists (select from " + part.table() + " where " + part.condition() + " offset "
                        + BATCH + ")")
                .collect(Collectors.joining(" and "));
    }
}
