/**
 * Explains PostgreSQL's failures by their SQLSTATE: unavailable, read-only, locked, or a removed row.
 *
 * <p>Promises one meaning for each state, and one log line when the state of the database changes. Leaves the answer to the
 * client to {@code web.error}.
 */
@NullMarked
package dev.countersign.sqlstate;

import org.jspecify.annotations.NullMarked;
