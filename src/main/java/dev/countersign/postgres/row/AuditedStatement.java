package dev.countersign.postgres.row;

import dev.countersign.postgres.table.Condition;
import dev.countersign.postgres.table.Parameters;
import io.quarkus.hibernate.reactive.panache.Panache;
import io.smallrye.mutiny.Uni;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Static helper: runs a statement and tells the audit trigger who runs the statement, by the setting {@code countersign.actor}.
 * The audit log cannot read the author from a deleted row, or from a table without the column {@code changed_by}.
 */
public final class AuditedStatement {

    private static final String AS_ACTOR = "with actor as (select set_config('countersign.actor', :actor, true)) ";

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
     * Deletes the rows of a table that match, in one statement.
     *
     * @param actor the name of the credential
     * @param column a column of texts
     * @return the values of the column in the deleted rows
     */
    public static Uni<List<String>> deleteReturning(String actor, String table, Condition condition, String column) {
        Parameters parameters = Parameters.ofSession();
        String sql = AS_ACTOR + "delete from " + table + " using actor where " + condition.sql(parameters)
                + " returning " + column;
        return Panache.getSession().flatMap(session -> {
            var query = session.createNativeQuery(sql, String.class).setParameter("actor", actor);
            parameters.byName().forEach(query::setParameter);
            return query.getResultList();
        });
    }

    /**
     * Runs a statement that reads from {@code actor}, a row that sets the credential for this statement.
     *
     * @param actor the name of the credential
     * @return the number of rows changed
     */
    public static Uni<Integer> execute(String actor, String statement, Map<String, Object> parameters) {
        Map<String, Object> withActor = new HashMap<>(parameters);
        withActor.put("actor", actor);
        return SessionStatement.execute(AS_ACTOR + statement, withActor);
    }
}
