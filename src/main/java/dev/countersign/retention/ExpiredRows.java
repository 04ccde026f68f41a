package dev.countersign.retention;

import io.vertx.core.Future;

/**
 * Interface: removes one kind of database rows that are older than the configuration keeps, for {@link Retention}. Every bean
 * that implements this interface is found automatically.
 */
public interface ExpiredRows {

    /** The most rows that one statement removes. */
    int BATCH = 2_000;

    /** The name of a kind of rows, for the log. */
    String kind();

    /**
     * Removes rows with one statement.
     *
     * @return the number of rows removed; {@link #BATCH} means that there may be more
     */
    Future<Integer> removeBatch();
}
