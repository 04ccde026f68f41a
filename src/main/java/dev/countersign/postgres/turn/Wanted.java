package dev.countersign.postgres.turn;

import io.vertx.sqlclient.Tuple;
import java.util.Arrays;
import java.util.List;

/**
 * What work wants: those who want the same meet the same locks.
 *
 * @param kind a table, a column that refers to one, or a statement
 * @param which which row of it
 */
public record Wanted(String kind, Object which) {

    /** Work that wants no row in particular: a table that is locked as a whole is all that it can meet. */
    public static final Object NO_ROW = List.of();

    private static final int ROW_PARAMETERS = 2;

    /** Of a statement: the first two parameters name the row, as organization and project do for a new key. */
    public static Wanted ofStatement(String sql, Tuple parameters) {
        Object[] row = new Object[Math.min(ROW_PARAMETERS, parameters.size())];
        Arrays.setAll(row, parameters::getValue);
        return new Wanted(sql, Arrays.asList(row));
    }
}
