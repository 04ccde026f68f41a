/**
 * Tables as statements need them: the columns of each, once, and conditions with their values.
 *
 * <p>Promises that a column that stands in a {@link dev.countersign.postgres.table.Table} is read, stored and changed by every
 * statement that is made from it. Leaves which tables there are to the repositories of each feature.
 */
@NullMarked
package dev.countersign.postgres.table;

import org.jspecify.annotations.NullMarked;
