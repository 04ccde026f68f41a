package dev.countersign.retention;

import dev.countersign.postgres.pool.ProbeConnection;
import io.vertx.core.Future;
import jakarta.inject.Singleton;
import java.time.Duration;

/**
 * Runs the statements that remove old rows, on one replica at a time, and on a connection outside the pools, so that no request
 * waits for the connection.
 */
@Singleton
public class RetentionRepository {

    /** Any number that no other lock has. */
    private static final long LOCK = 0x636f756e74657273L;

    private final ProbeConnection connection;

    RetentionRepository(ProbeConnection connection) {
        this.connection = connection;
    }

    /**
     * Removes at most {@link ExpiredRows#BATCH} rows of a table, unless another replica is removing rows.
     *
     * @param column the time from which a row is kept
     * @param kept how long a row is kept
     * @return the number of rows removed
     */
    public Future<Integer> removeOlder(String table, String column, Duration kept) {
        return change("delete from " + table + " where ctid = any(array(select " + table + ".ctid from " + table
                + ", turn where turn.mine and " + column + " < " + before(kept) + " limit " + ExpiredRows.BATCH + "))");
    }

    /**
     * Runs a statement that reads from {@code turn}, a row whose column {@code mine} is true on one replica at a time.
     *
     * @return the number of rows that the statement changed
     */
    public Future<Integer> change(String statement) {
        return connection
                .query("with turn as materialized (select pg_try_advisory_xact_lock(" + LOCK + ") as mine) "
                        + statement)
                .map(rows -> rows.rowCount());
    }

    /** SQL for the time before which a row is past its time. */
    public static String before(Duration kept) {
        return "now() - interval '1 millisecond' * " + kept.toMillis();
    }
}
