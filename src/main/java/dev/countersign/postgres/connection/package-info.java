/**
 * Connections to PostgreSQL: which server, how a connection is opened, and when one is closed because its server hangs,
 * takes no writes or goes away.
 *
 * <p>Promises that no command waits longer than the configured time. Leaves to {@code postgres.pool} who uses a connection.
 */
@NullMarked
package dev.countersign.postgres.connection;

import org.jspecify.annotations.NullMarked;
