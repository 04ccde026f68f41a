/**
 * Reads and writes many rows in few statements on one JDBC connection, for commands and background work.
 *
 * <p>Promises to use the columns of a {@link dev.countersign.postgres.table.Table}, so that no column stands twice. Its
 * methods block: nothing on an event loop may call them.
 */
@NullMarked
package dev.countersign.postgres.batch;

import org.jspecify.annotations.NullMarked;
