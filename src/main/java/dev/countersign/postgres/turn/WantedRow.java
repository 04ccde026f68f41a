package dev.countersign.postgres.turn;

import io.vertx.sqlclient.Tuple;
import java.util.Arrays;
import java.util.List;

/**
 * Identifies the row that a statement or session wants: work that wants the same locked row waits in the same queue.
 *
 * @param kind a table, a column that refers to a table, or a statement
 * @param which the row of this kind
 */
public record WantedRow(String kind, Object which) {

    /** Stands for no particular row: only a lock of the whole table can stop such work. */
    public static final Object NO_ROW = List.of();

    private static final int ROW_PARAMETERS = 2;

    /** The row of a statement. Its first two parameters name the row, as organization and project do for a new key. */
    public static WantedRow ofStatement(String sql, Tuple parameters) {
        Object[] row = new Object[Math.min(ROW_PARAMETERS, parameters.size())];
        Arrays.setAll(row, parameters::getValue);
        return new WantedRow(sql, Arrays.asList(row));
    }
}
