package dev.countersign.postgres.merge;

import dev.countersign.postgres.table.Parameters;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.util.List;
import java.util.Objects;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;

/** Abstract class: reads rows by a unique text, which is the first value. The other values are not sent. */
public abstract class TextLookup implements MergeableStatement {

    private static final String READS_ONLY = "nothing";

    private final List<String> texts;
    private final int unique;

    /**
     * Makes the statement.
     *
     * @param select makes the SQL for a list of placeholders, such as {@code ($1, $2)}
     * @param unique the position of the text in a row, counted from 0
     */
    protected TextLookup(UnaryOperator<String> select, int unique) {
        // An array would have one text for any number, but PostgreSQL would plan its statement anew each time.
        this.texts = IntStream.rangeClosed(1, MAX_MERGED)
                .mapToObj(number -> select.apply(Parameters.list(1, number)))
                .toList();
        this.unique = unique;
    }

    @Override
    public final String sql(int number) {
        return texts.get(number - 1);
    }

    @Override
    public final Tuple merge(List<Tuple> values) {
        Tuple sent = Tuple.tuple();
        for (Tuple value : values) {
            sent.addValue(value.getValue(0));
        }
        return sent;
    }

    @Override
    public boolean isAnswer(Row row, Tuple values) {
        return Objects.equals(row.getString(unique), values.getString(0));
    }

    @Override
    public final Object locks(Tuple values) {
        return READS_ONLY;
    }

    @Override
    public final boolean isQuick() {
        return true;
    }
}
