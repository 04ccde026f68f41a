package dev.countersign.postgres.row;

import dev.countersign.postgres.table.Condition;
import dev.countersign.postgres.table.Parameters;
import io.quarkus.hibernate.reactive.panache.Panache;
import io.smallrye.mutiny.Uni;
import java.util.Map;

/** Runs a statement that leaves no row behind. A deleted row cannot tell the audit trigger who deleted it, so the statement sets
 * {@code countersign.actor} first. */
public final class AuditedStatement {

    private AuditedStatement() {}

    /**
     * Deletes the rows of a table that match, in one statement.
     *
     * @param actor the name of the credential
     * @return how many rows were deleted, without those that followed by a foreign key
     */
    public static Uni<Integer> delete(String actor, String table, Condition condition) {
        Parameters parameters = Parameters.ofSession();
        String matches = condition.sql(parameters);
        return execute(actor, "delete from " + table + " using actor where " + matches, parameters.byName());
    }

    /**
     * Runs a statement that reads from {@code actor}, a row that says who acts for as long as the statement runs.
     *
     * @param actor the name of the credential
     * @return how many rows were changed
     */
    public static Uni<Integer> execute(String actor, String statement, Map<String, Object> parameters) {
        return Panache.getSession().flatMap(session -> {
            var query = session.createNativeQuery(
                            "with actor as (select set_config('countersign.actor', :actor, true)) " + statement)
                    .setParameter("actor", actor);
            parameters.forEach(query::setParameter);
            return query.executeUpdate();
        });
    }
}
