package dev.countersign.database;

import io.quarkus.hibernate.reactive.panache.Panache;
import io.smallrye.mutiny.Uni;
import java.util.Map;

/** Deletes that say who deleted: a row that is gone cannot tell, so the statement tells the audit trail. */
public final class Actor {

    private Actor() {}

    /**
     * Deletes the rows of a table that match, in one statement.
     *
     * @param actor the name of the credential
     * @param condition SQL, with named parameters
     * @return how many rows were deleted, without those that followed by a foreign key
     */
    public static Uni<Integer> delete(String actor, String table, String condition, Map<String, Object> parameters) {
        return Panache.withSession(() -> Panache.getSession().flatMap(session -> {
            var delete = session.createNativeQuery(
                            "with actor as (select set_config('countersign.actor', :actor, true)) delete from " + table
                                    + " using actor where " + condition)
                    .setParameter("actor", actor);
            parameters.forEach(delete::setParameter);
            return delete.executeUpdate();
        }));
    }
}
