package dev.countersign.postgres.merge;

import dev.countersign.postgres.table.Column;
import dev.countersign.postgres.table.Table;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.util.Objects;

/**
 * Reads a row of a table by a unique text, if the row belongs to a parent. The values are the text and the number of the parent.
 *
 * @param <T> the class of the object for a row
 */
public final class RowLookup<T> extends TextLookup {

    private final int parent;

    /**
     * Makes the statement of a table.
     *
     * @param unique a column without two equal values
     * @param parent refers to the row to which a row belongs
     * @param more a further condition, which begins with {@code and}; may be empty
     */
    public RowLookup(Table<T> table, Column<T, String> unique, Column<T, Long> parent, String more) {
        super(
                texts -> table.select() + unique.name() + " in " + texts + more,
                table.columns().indexOf(unique));
        this.parent = table.columns().indexOf(parent);
    }

    @Override
    public boolean isAnswer(Row row, Tuple values) {
        return super.isAnswer(row, values) && Objects.equals(row.getLong(parent), values.getLong(1));
    }
}
