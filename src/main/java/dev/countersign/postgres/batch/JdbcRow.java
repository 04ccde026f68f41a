package dev.countersign.postgres.batch;

import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Adapts a row that JDBC has read to the interface {@code Row} of the PostgreSQL client. */
final class JdbcRow implements Row {

    private final @Nullable Object[] values;

    private JdbcRow(@Nullable Object[] values) {
        this.values = values;
    }

    /** Reads the row at which the result stands. */
    static Row of(ResultSet result) throws SQLException {
        ResultSetMetaData columns = result.getMetaData();
        @Nullable Object[] values = new @Nullable Object[columns.getColumnCount()];
        for (int i = 0; i < values.length; i++) {
            values[i] = value(result, columns.getColumnTypeName(i + 1), i + 1);
        }
        return new JdbcRow(values);
    }

    private static @Nullable Object value(ResultSet result, String type, int column) throws SQLException {
        return switch (type) {
            case "timestamptz" -> result.getObject(column, OffsetDateTime.class);
            case "bytea" -> {
                byte[] bytes = result.getBytes(column);
                yield bytes == null ? null : Buffer.buffer(bytes);
            }
            default -> result.getObject(column);
        };
    }

    @Override
    public @Nullable Object getValue(int position) {
        return values[position];
    }

    @Override
    public int size() {
        return values.length;
    }

    @Override
    public String getColumnName(int position) {
        throw new UnsupportedOperationException("columns have positions");
    }

    @Override
    public int getColumnIndex(String name) {
        throw new UnsupportedOperationException("columns have positions");
    }

    @Override
    public Tuple addValue(Object value) {
        throw new UnsupportedOperationException("a row is read only");
    }

    @Override
    public void clear() {
        throw new UnsupportedOperationException("a row is read only");
    }

    @Override
    public List<Class<?>> types() {
        return Arrays.stream(values)
                .<Class<?>>map(value -> value == null ? Object.class : value.getClass())
                .toList();
    }
}
