package dev.countersign.postgres.row;

import dev.countersign.postgres.pool.Sessions;
import io.quarkus.hibernate.reactive.panache.Panache;
import io.smallrye.mutiny.Uni;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A change of one row: the columns that a request sets, and the credential that sets them. One {@code UPDATE} writes
 * exactly these columns. So two requests that set different columns of one row at the same time both keep their change,
 * and the audit log names the right credential for each.
 *
 * <p>A row that has all these values already is not written.
 */
public final class RowChange {

    /** Before the name of a column, to tell its parameter from those of the condition. */
    private static final String PARAMETER = "new_";

    private final String actor;
    private final Map<String, @Nullable Object> values = new LinkedHashMap<>();

    /**
     * A change that sets nothing yet.
     *
     * @param actor the name of the credential
     */
    public RowChange(String actor) {
        this.actor = actor;
    }

    /** Sets a column. */
    public RowChange set(String column, @Nullable Object value) {
        values.put(column, value);
        return this;
    }

    /**
     * Changes the row of a table that matches. Not to be called inside of a session.
     *
     * @param condition SQL, with named parameters
     * @return the row after the change, or null where no row matches or where the change sets nothing new. Who reads the row
     *     then may meet a change that another request has made since
     */
    public <T> Uni<@Nullable T> apply(
            Sessions sessions, Table<T> table, String condition, Map<String, Object> parameters) {
        if (values.isEmpty()) {
            return Uni.createFrom().nullItem();
        }
        return sessions.change(table.name(), parameters, () -> update(table, condition, parameters));
    }

    private <T> Uni<@Nullable T> update(Table<T> table, String condition, Map<String, Object> parameters) {
        return Panache.getSession().flatMap(session -> {
            var query = session.createNativeQuery(sql(table, condition), table.type())
                    .setParameter("actor", actor);
            parameters.forEach(query::setParameter);
            values.forEach((column, value) -> {
                if (value != null) {
                    query.setParameter(PARAMETER + column, value);
                }
            });
            return query.getSingleResultOrNull();
        });
    }

    private String sql(Table<?> table, String condition) {
        return "update " + table.name() + " set " + join(column -> column + " = " + value(column))
                + ", changed_by = :actor where " + condition + " and (" + join(column -> column)
                + ") is distinct from (" + join(this::value) + ") returning " + table.columns();
    }

    /** A null has no type that a parameter could tell PostgreSQL, so it stands in the statement. */
    private String value(String column) {
        return values.get(column) == null ? "null" : ":" + PARAMETER + column;
    }

    private String join(Function<String, String> part) {
        return values.keySet().stream().map(part).collect(Collectors.joining(", "));
    }

    /**
     * A table as the statement of a change needs it.
     *
     * @param type what a row is read as
     * @param columns all columns of that type, separated by commas. They are named one by one, so that a prepared
     *     statement survives a migration that adds a column
     */
    public record Table<T>(Class<T> type, String name, String columns) {}
}
