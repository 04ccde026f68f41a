/**
 * Runs the statements that every kind of row needs: read a page, change a row, remove a row with everything below, find
 * a free slug.
 *
 * <p>Promises that a change writes only the columns that were sent, and that the audit log names the credential. Leaves
 * the queries to the repositories of each feature.
 */
@NullMarked
package dev.countersign.postgres.row;

import org.jspecify.annotations.NullMarked;
