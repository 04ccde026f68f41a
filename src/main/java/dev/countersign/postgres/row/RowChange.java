package dev.countersign.postgres.row;

import dev.countersign.postgres.pool.Sessions;
import dev.countersign.postgres.table.Column;
import dev.countersign.postgres.table.Condition;
import dev.countersign.postgres.table.Parameters;
import dev.countersign.postgres.table.Table;
import io.quarkus.hibernate.reactive.panache.Panache;
import io.smallrye.mutiny.Uni;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Collects the column values that a request sets in a row, and writes exactly these columns and the request's
 * credential in one {@code UPDATE}. So two requests that set different columns of one row at the same time both keep
 * their change, and the audit log names the right credential for each.
 *
 * <p>A row that already has all these values is not written.
 *
 * @param <T> the class of the object for a row
 */
public final class RowChange<T> {

    /** Prefix of the parameter for a column; no parameter of the condition begins so. */
    private static final String PARAMETER = "new_";

    private final String actor;
    private final Map<String, Value<T, ?>> values = new LinkedHashMap<>();

    /**
     * Makes a change that sets no column yet.
     *
     * @param actor the name of the credential
     */
    public RowChange(String actor) {
        this.actor = actor;
    }

    /** Sets a column. */
    public <V extends @Nullable Object> RowChange<T> set(Column<T, V> column, V value) {
        values.put(column.name(), new Value<>(column, value));
        return this;
    }

    /** Writes the values to an object that is not stored yet. */
    public T applyTo(T object) {
        values.values().forEach(value -> value.applyTo(object));
        return object;
    }

    /** Whether an object has another value in a column that this change sets. */
    public boolean differsFrom(T object) {
        return values.values().stream().anyMatch(value -> value.differsFrom(object));
    }

    /**
     * Changes the row that matches the condition. Must not be called inside a session.
     *
     * @return the row after the change, or null if no row matches or if the change sets nothing new. A later read of the row
     *     may already contain the change of another request
     */
    public Uni<@Nullable T> apply(Sessions sessions, Table<T> table, Condition condition) {
        if (values.isEmpty()) {
            return Uni.createFrom().nullItem();
        }
        Parameters parameters = Parameters.ofSession();
        String sql = sql(table, condition.sql(parameters));
        Map<String, Object> named = parameters.byName();
        return sessions.<@Nullable T>change(table.name(), named, () -> update(table, sql, named));
    }

    private Uni<@Nullable T> update(Table<T> table, String sql, Map<String, Object> parameters) {
        return Panache.getSession().flatMap(session -> {
            var query = session.createNativeQuery(sql, table.type()).setParameter("actor", actor);
            parameters.forEach(query::setParameter);
            values.forEach((column, value) -> {
                if (value.value != null) {
                    query.setParameter(PARAMETER + column, value.value);
                }
            });
            return query.getSingleResultOrNull();
        });
    }

    private String sql(Table<T> table, String condition) {
        return "update " + table.name() + " set " + join(column -> column + " = " + parameter(column))
                + ", changed_by = :actor where " + condition + " and (" + join(column -> column)
                + ") is distinct from (" + join(this::parameter) + ") returning " + table.columnNames();
    }

    /** Writes null into the SQL, because a null parameter has no type that PostgreSQL knows. */
    private String parameter(String column) {
        Value<T, ?> value = values.get(column);
        return value == null || value.value == null ? "null" : ":" + PARAMETER + column;
    }

    private String join(Function<String, String> part) {
        return values.keySet().stream().map(part).collect(Collectors.joining(", "));
    }

    private record Value<T, V extends @Nullable Object>(Column<T, V> column, V value) {
        void applyTo(T object) {
            column.set().accept(object, value);
        }

        boolean differsFrom(T object) {
            return !Objects.equals(column.get().apply(object), value);
        }
    }
}
