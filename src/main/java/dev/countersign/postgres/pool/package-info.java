/**
 * The pools of connections, single statements, and waiting for locks outside of the pools.
 *
 * <p>Promises that nobody waits longer than the two configured times together, and that a locked row stops only those who
 * need the row. Leaves to {@code postgres.row} what statements say.
 */
@NullMarked
package dev.countersign.postgres.pool;

import org.jspecify.annotations.NullMarked;
