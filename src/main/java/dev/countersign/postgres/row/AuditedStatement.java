package dev.countersign.postgres.row;

import dev.countersign.postgres.table.Condition;
import dev.countersign.postgres.table.Parameters;
import io.quarkus.hibernate.reactive.panache.Panache;
import io.smallrye.mutiny.Uni;
import java.util.Map;

/**
 * Runs a statement on rows without the column {@code changed_by}, such as a deletion, so that the audit log names its
 * credential. Such a row cannot tell the audit trigger who acted, so the statement sets {@code countersign.actor} first.
 */
public final class AuditedStatement {

    private AuditedStatement() {}

    /**
     * Deletes the rows of a table that match, in one statement.
     *
     * @param actor the name of the credential
     * @return the number of rows deleted, without rows deleted through a foreign key
     */
    public static Uni<Integer> delete(String actor, String table, Condition condition) {
        Parameters parameters = Parameters.ofSession();
        String matches = condition.sql(parameters);
        return execute(actor, "delete from " + table + " using actor where " + matches, parameters.byName());
    }

    /**
     * Runs a statement that reads from {@code actor}, a row that sets the credential for this statement.
     *
     * @param actor the name of the credential
     * @return the number of rows changed
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
