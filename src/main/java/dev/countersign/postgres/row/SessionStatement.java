package dev.countersign.postgres.row;

import io.quarkus.hibernate.reactive.panache.Panache;
import io.smallrye.mutiny.Uni;
import java.util.Map;

/** Static helper: runs an SQL statement that changes rows, in the Hibernate session that is already open. */
public final class SessionStatement {

    private SessionStatement() {}

    /**
     * Runs a statement.
     *
     * @param parameters the values by name, such as {@code id} for {@code :id}
     * @return the number of rows changed
     */
    public static Uni<Integer> execute(String sql, Map<String, ?> parameters) {
        return Panache.getSession().flatMap(session -> {
            var query = session.createNativeQuery(sql);
            parameters.forEach(query::setParameter);
            return query.executeUpdate();
        });
    }
}
