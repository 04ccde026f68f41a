package dev.countersign.transfer.staging;

import dev.countersign.transfer.row.ImportedRow;
import dev.countersign.transfer.row.StagedTable;
import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyManager;

/** Creates and fills the temporary tables of an import, within one transaction, and runs SQL on them. */
public final class Staging {

    private static final int FETCH = 1_000;
    private static final String LOCK = "hashtextextended('countersign import', 0)";

    private final Connection connection;
    private final Map<StagedTable, CopyBuffer> buffers = new EnumMap<>(StagedTable.class);

    /**
     * Begins a transaction and makes the tables.
     *
     * @param connection the caller commits or rolls back
     */
    public Staging(Connection connection) throws SQLException {
        this.connection = connection;
        connection.setAutoCommit(false);
        execute("set local countersign.importing = 'on'");
        execute("set local work_mem = '64MB'");
        CopyManager manager = connection.unwrap(PGConnection.class).getCopyAPI();
        for (StagedTable table : StagedTable.values()) {
            execute(table.create());
            buffers.put(table, new CopyBuffer(table, manager));
        }
    }

    /** Waits until no other import checks or stores its rows, so that each finds what the one before has stored. */
    public void lock() throws SQLException {
        execute("select pg_advisory_xact_lock(" + LOCK + ")");
    }

    /** Adds a row. */
    public void add(ImportedRow row) throws IOException, SQLException {
        buffer(row.table()).add(row.values());
    }

    private CopyBuffer buffer(StagedTable table) {
        return Objects.requireNonNull(buffers.get(table));
    }

    /** Sends the last rows, after which SQL sees all of them. */
    public void finish() throws IOException, SQLException {
        for (StagedTable table : StagedTable.values()) {
            buffer(table).send();
            execute("analyze " + table.sql());
        }
    }

    /** Runs a statement and tells how many rows it changed. */
    int execute(String sql, Object... values) throws SQLException {
        try (PreparedStatement statement = prepare(sql, values)) {
            statement.execute();
            return Math.max(0, statement.getUpdateCount());
        }
    }

    /** Hands over the texts in the only column of a query, one by one, and tells their number. */
    long forEach(String query, Consumer<String> each) throws SQLException {
        long count = 0;
        try (PreparedStatement statement = prepare(query)) {
            statement.setFetchSize(FETCH);
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    each.accept(rows.getString(1));
                    count++;
                }
            }
        }
        return count;
    }

    /** The only number of a query. */
    long number(String query) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(query)) {
            rows.next();
            return rows.getLong(1);
        }
    }

    private PreparedStatement prepare(String sql, Object... values) throws SQLException {
        PreparedStatement statement = connection.prepareStatement(sql);
        for (int i = 0; i < values.length; i++) {
            statement.setObject(i + 1, values[i]);
        }
        return statement;
    }
}
