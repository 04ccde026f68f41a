/**
 * Who may use the connections next, and who waits for a lock in the meantime.
 *
 * <p>Promises that whoever wants little waits little, however many want the same, and that no wait takes longer than the
 * configured time. Leaves to {@code postgres.pool} what is done once it is somebody's turn.
 */
@NullMarked
package dev.countersign.postgres.turn;

import org.jspecify.annotations.NullMarked;
