package dev.countersign.postgres.batch;

import dev.countersign.postgres.table.Column;
import dev.countersign.postgres.table.Condition;
import dev.countersign.postgres.table.Parameters;
import dev.countersign.postgres.table.StoredRow;
import dev.countersign.postgres.table.Table;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Row;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Reads and writes rows with SQL on one blocking JDBC connection, many rows in a statement, for commands and background work.
 * Values are those of the PostgreSQL client: texts, numbers, times with an offset, buffers, arrays of texts or numbers, or
 * null. All methods block, and fail with {@link SQLException}.
 */
public final class BatchConnection {

    private final Connection connection;

    /** Uses a connection, which stays open. */
    public BatchConnection(Connection connection) {
        this.connection = connection;
    }

    /** Runs a query, with values for {@code ?}. */
    public List<Row> query(String sql, Object... values) throws SQLException {
        try (PreparedStatement statement = prepare(sql, values);
                ResultSet result = statement.executeQuery()) {
            List<Row> rows = new ArrayList<>();
            while (result.next()) {
                rows.add(JdbcRow.of(result));
            }
            return rows;
        }
    }

    /**
     * Reads rows of a table.
     *
     * @param more a further column, whose value stands after those of the table
     * @param condition selects the rows, and may order and lock them
     * @param read makes an object of each row
     */
    public <T, R> List<R> read(Table<T> table, String more, Condition condition, Function<Row, R> read)
            throws SQLException {
        Parameters parameters = Parameters.ofJdbc();
        String sql = "select " + table.columnNames() + ", " + more + " from " + table.name() + " where "
                + condition.sql(parameters);
        return query(sql, parameters.values().toArray()).stream().map(read).toList();
    }

    /** Runs a statement, with values for {@code ?}, and tells how many rows it changed. */
    public int execute(String sql, Object... values) throws SQLException {
        try (PreparedStatement statement = prepare(sql, values)) {
            return statement.executeUpdate();
        }
    }

    /** Runs one statement for each list of values. */
    public void executeAll(String sql, List<Object[]> values) throws SQLException {
        if (values.isEmpty()) {
            return;
        }
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (Object[] row : values) {
                set(statement, row);
                statement.addBatch();
            }
            statement.executeBatch();
        }
    }

    /**
     * Stores objects as new rows, and gives them their ids. An object that has an id already keeps it.
     *
     * @param more a further column of all rows
     * @param value the value of that column
     */
    public <T extends StoredRow> void insert(Table<T> table, List<T> objects, String more, String value)
            throws SQLException {
        Map<Boolean, List<T>> byId = objects.stream().collect(Collectors.partitioningBy(object -> object.id != null));
        for (var group : byId.entrySet()) {
            insert(table, group.getValue(), group.getKey(), more, value);
        }
    }

    private <T extends StoredRow> void insert(
            Table<T> table, List<T> objects, boolean withId, String more, String value) throws SQLException {
        if (objects.isEmpty()) {
            return;
        }
        String names = (withId ? "id, " : "")
                + table.written().stream().map(Column::name).collect(Collectors.joining(", ")) + ", " + more;
        String sql = "insert into " + table.name() + " (" + names + ") values (" + names.replaceAll("\\w+", "?") + ")";
        try (PreparedStatement statement = connection.prepareStatement(sql, new String[] {"id"})) {
            for (T object : objects) {
                List<@Nullable Object> values = new ArrayList<>();
                if (withId) {
                    values.add(object.id);
                }
                table.written().forEach(column -> values.add(column.toClient(object)));
                values.add(value);
                set(statement, values.toArray());
                statement.addBatch();
            }
            statement.executeBatch();
            try (ResultSet ids = statement.getGeneratedKeys()) {
                for (T object : objects) {
                    ids.next();
                    object.id = ids.getLong(1);
                }
            }
        }
    }

    /** Writes some columns of stored rows. Changes of the same columns run as one batch. */
    public <T extends StoredRow> void update(Table<T> table, List<Change<T>> changes) throws SQLException {
        Map<String, List<Object[]>> batches = new LinkedHashMap<>();
        for (Change<T> change : changes) {
            String sql = "update " + table.name() + " set "
                    + change.columns().stream()
                            .map(column -> column.name() + " = ?")
                            .collect(Collectors.joining(", "))
                    + ", changed_by = ? where id = ?";
            batches.computeIfAbsent(sql, first -> new ArrayList<>()).add(change.values());
        }
        for (var batch : batches.entrySet()) {
            executeAll(batch.getKey(), batch.getValue());
        }
    }

    /**
     * Holds the new values of a stored row.
     *
     * @param row the row with its new values
     * @param columns the columns to write
     * @param actor the name of the credential that writes
     */
    public record Change<T extends StoredRow>(T row, List<Column<T, ?>> columns, String actor) {
        @Nullable
        Object[] values() {
            return Stream.concat(
                            columns.stream().map(column -> column.toClient(row)),
                            Stream.<Object>of(actor, row.requireId()))
                    .toArray();
        }
    }

    private PreparedStatement prepare(String sql, Object... values) throws SQLException {
        PreparedStatement statement = connection.prepareStatement(sql);
        try {
            set(statement, values);
            return statement;
        } catch (SQLException e) {
            statement.close();
            throw e;
        }
    }

    private void set(PreparedStatement statement, @Nullable Object[] values) throws SQLException {
        for (int i = 0; i < values.length; i++) {
            Object value = values[i];
            if (value == null) {
                statement.setNull(i + 1, Types.NULL);
            } else if (value instanceof Buffer buffer) {
                statement.setBytes(i + 1, buffer.getBytes());
            } else if (value instanceof Long[] numbers) {
                statement.setArray(i + 1, connection.createArrayOf("bigint", numbers));
            } else if (value instanceof String[] texts) {
                statement.setArray(i + 1, connection.createArrayOf("text", texts));
            } else if (value instanceof byte[][] hashes) {
                statement.setArray(i + 1, connection.createArrayOf("bytea", hashes));
            } else {
                statement.setObject(i + 1, value);
            }
        }
    }
}
