package dev.countersign.apply.store;

import dev.countersign.postgres.batch.BatchConnection;
import java.sql.Connection;
import java.sql.SQLException;

/**
 * Takes an advisory lock in the database, so that only one replica applies documents in the background. The lock belongs to the
 * connection.
 *
 * @param connection keeps the lock as long as it is open
 */
public record ApplyLockRepository(Connection connection) {

    private static final String TEXT = "countersign apply";

    /** Whether the connection holds the lock, or has just taken it. */
    public boolean hold() throws SQLException {
        BatchConnection database = new BatchConnection(connection);
        boolean holds = database.query(
                        "select exists (select from pg_locks where locktype = 'advisory' and pid = pg_backend_pid() and"
                                + " granted)")
                .get(0)
                .getBoolean(0);
        return holds
                || database.query("select pg_try_advisory_lock(hashtextextended(?, 0))", TEXT)
                        .get(0)
                        .getBoolean(0);
    }
}
