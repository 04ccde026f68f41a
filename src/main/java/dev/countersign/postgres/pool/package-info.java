/**
 * Opens the pools of database connections, and runs sessions and single statements on these connections.
 *
 * <p>Promises that no request waits longer than the acquire and response timeouts together, and that a locked row stops
 * only requests that need the row. Leaves the order of waiting to {@code postgres.turn} and the text of statements to
 * {@code postgres.row}.
 */
@NullMarked
package dev.countersign.postgres.pool;

import org.jspecify.annotations.NullMarked;
