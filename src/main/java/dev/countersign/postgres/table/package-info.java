/**
 * Describes a database table once, so that all statements on the table have the same columns, conditions and values.
 *
 * <p>Promises that every statement built from a {@link dev.countersign.postgres.table.Table} reads and stores all its
 * columns. Leaves the list of tables to the repositories of each feature.
 */
@NullMarked
package dev.countersign.postgres.table;

import org.jspecify.annotations.NullMarked;
