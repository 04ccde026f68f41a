/**
 * The pools of connections, sessions and single statements.
 *
 * <p>Promises that nobody waits longer than the two configured times together, and that a locked row stops only those who
 * need the row. Leaves to {@code postgres.turn} who
 * waits for whom, and to {@code postgres.row} what statements say.
 */
@NullMarked
package dev.countersign.postgres.pool;

import org.jspecify.annotations.NullMarked;
