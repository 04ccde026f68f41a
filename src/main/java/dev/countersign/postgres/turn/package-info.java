/**
 * Queues work that waits for a database connection or for a lock.
 *
 * <p>Promises that many requests for one row delay requests for other rows little, and that no wait takes longer than
 * the configured time. Leaves the use of a connection to {@code postgres.pool}.
 */
@NullMarked
package dev.countersign.postgres.turn;

import org.jspecify.annotations.NullMarked;
