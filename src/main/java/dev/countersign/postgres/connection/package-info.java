/**
 * Opens connections to PostgreSQL: chooses the server, and closes a connection whose server hangs, takes no writes or
 * goes away.
 *
 * <p>Promises that no command waits longer than the configured time. Leaves the use of connections to
 * {@code postgres.pool}.
 */
@NullMarked
package dev.countersign.postgres.connection;

import org.jspecify.annotations.NullMarked;
