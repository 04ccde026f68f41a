/**
 * Configures the database, chooses the server of each connection, and watches all open connections.
 *
 * <p>Promises that no command waits longer than the configured time, and that writes recover after a failover without a
 * restart. Leaves the use of connections to {@code postgres.pool}.
 */
@NullMarked
package dev.countersign.postgres.connection;

import org.jspecify.annotations.NullMarked;
