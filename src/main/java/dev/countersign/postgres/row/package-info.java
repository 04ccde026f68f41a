/**
 * Statements that every kind of row shares: a page of rows, a change of a row, a removal with everything below, a slug that
 * is free.
 *
 * <p>Promises that a change writes only the columns that were sent, and that the audit trail knows who did it. Leaves the
 * queries to the repositories of each feature.
 */
@NullMarked
package dev.countersign.postgres.row;

import org.jspecify.annotations.NullMarked;
