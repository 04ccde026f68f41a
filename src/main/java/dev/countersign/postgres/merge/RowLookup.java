package dev.countersign.postgres.merge;

import dev.countersign.postgres.table.Column;
import dev.countersign.postgres.table.Parameters;
import dev.countersign.postgres.table.Table;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Reads a row of a table by a unique text, if the row belongs to a parent. The values are the text and the number of the parent.
 *
 * @param <T> the class of the object for a row
 */
public final class RowLookup<T> implements MergeableStatement {

    private static final String READS_ONLY = "nothing";

    private final List<String> texts;
    private final int unique;
    private final int parent;

    /**
     * Makes the statement of a table.
     *
     * @param unique a column without two equal values
     * @param parent refers to the row to which a row belongs
     * @param more a further condition, which begins with {@code and}; may be empty
     */
    public RowLookup(Table<T> table, Column<T, String> unique, Column<T, Long> parent, String more) {
        String one = table.select() + unique.name() + " = $1 and " + parent.name() + " = $2" + more;
        // An array would have one text for any number, but PostgreSQL would plan its statement anew each time.
        Stream<String> several = IntStream.rangeClosed(2, MAX_MERGED)
                .mapToObj(rows -> table.select() + unique.name() + " in " + Parameters.list(1, rows) + more);
        this.texts = Stream.concat(Stream.of(one), several).toList();
        this.unique = table.columns().indexOf(unique);
        this.parent = table.columns().indexOf(parent);
    }

    @Override
    public String sql(int number) {
        return texts.get(number - 1);
    }

    @Override
    public Tuple merge(List<Tuple> values) {
        return values.size() == 1
                ? values.get(0)
                : Tuple.tuple(values.stream().map(value -> value.getValue(0)).toList());
    }

    @Override
    public boolean isAnswer(Row row, Tuple values) {
        return Objects.equals(row.getString(unique), values.getString(0))
                && Objects.equals(row.getLong(parent), values.getLong(1));
    }

    @Override
    public Object locks(Tuple values) {
        return READS_ONLY;
    }
}
