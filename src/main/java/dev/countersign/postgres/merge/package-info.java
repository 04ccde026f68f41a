/**
 * Describes SQL statements that several requests can share: how one statement does the work of several.
 *
 * <p>Promises that each request gets the rows of its own values. Leaves it to {@code postgres.pool} which requests share a
 * statement, and what follows if that statement fails.
 */
@NullMarked
package dev.countersign.postgres.merge;

import org.jspecify.annotations.NullMarked;
