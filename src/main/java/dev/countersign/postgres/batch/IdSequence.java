package dev.countersign.postgres.batch;

import java.sql.Connection;
import java.sql.SQLException;

/** Static helper: moves the sequences that give ids to rows, for rows that bring their ids along. */
public final class IdSequence {

    /** So many ids are drawn one by one; nobody draws as many between two statements. */
    private static final long DRAWN = 100_000;

    private static final String LOCK = "countersign id sequence";

    private IdSequence() {}

    /**
     * Moves the sequence of a table past an id, so that nobody is given the id from now on; never moves it backwards. No
     * transaction undoes this.
     *
     * @param connection commits each statement
     * @param table the table, whose column is {@code id}
     */
    public static void movePast(Connection connection, String table, long id) throws SQLException {
        BatchConnection database = new BatchConnection(connection);
        connection.setAutoCommit(false);
        try {
            // Two that set a sequence at once could set the lesser id last.
            database.query("select cast(pg_advisory_xact_lock(hashtextextended(?, 0)) as text)", LOCK);
            String sequence = "pg_get_serial_sequence('" + table + "', 'id')";
            long last = number(database, "select coalesce(pg_sequence_last_value(" + sequence + "), 0)");
            if (id - last > DRAWN) {
                number(database, "select setval(" + sequence + ", " + id + ")");
            } else if (id > last) {
                // Setting the sequence could move it back past ids that others draw at the same time.
                number(database, "select max(nextval(" + sequence + ")) from generate_series(1, " + (id - last) + ")");
            }
            connection.commit();
        } finally {
            if (!connection.isClosed()) {
                connection.setAutoCommit(true);
            }
        }
    }

    private static long number(BatchConnection database, String query) throws SQLException {
        return database.query(query).get(0).getLong(0);
    }
}
