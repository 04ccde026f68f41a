/**
 * What a failure of PostgreSQL means, read from its SQLSTATE: the server is away, takes no writes, or refuses one value.
 *
 * <p>Promises one answer to each state, and one log line when the state of the database changes. Leaves to {@code web.error}
 * how a failure looks to a client.
 */
@NullMarked
package dev.countersign.sqlstate;

import org.jspecify.annotations.NullMarked;
