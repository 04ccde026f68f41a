package dev.countersign.postgres.merge;

import dev.countersign.postgres.table.Column;
import dev.countersign.postgres.table.Table;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Stores new rows of a table. The values are those of {@link Table#values}; the answer has the id of the row first. A merged
 * statement stores all rows or none.
 *
 * @param <T> the class of the object for a row
 */
public final class RowInsert<T> implements MergeableStatement {

    private static final int RETURNED_UNIQUE = 1;

    private final List<String> texts;
    private final int unique;
    private final int parent;

    /**
     * Makes the statement of a table.
     *
     * @param unique a column without two equal values, which tells the new rows apart
     * @param parent refers to the row of another table that PostgreSQL locks for each new row
     */
    public RowInsert(Table<T> table, Column<T, String> unique, Column<T, Long> parent) {
        this.texts = IntStream.rangeClosed(1, MAX_MERGED)
                .mapToObj(rows -> table.insert(rows, unique))
                .toList();
        this.unique = table.written().indexOf(unique);
        this.parent = table.written().indexOf(parent);
    }

    @Override
    public String sql(int number) {
        return texts.get(number - 1);
    }

    @Override
    public Tuple merge(List<Tuple> rows) {
        List<@Nullable Object> values =
                new ArrayList<>(rows.size() * rows.get(0).size());
        for (Tuple row : rows) {
            for (int i = 0; i < row.size(); i++) {
                values.add(row.getValue(i));
            }
        }
        return Tuple.wrap(values);
    }

    @Override
    public boolean isAnswer(Row row, Tuple values) {
        return Objects.equals(row.getString(RETURNED_UNIQUE), values.getString(unique));
    }

    @Override
    public Object locks(Tuple values) {
        return values.getLong(parent);
    }

    @Override
    public boolean isQuick() {
        return false;
    }
}
