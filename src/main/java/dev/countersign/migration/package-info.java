/**
 * The schema and how a database gets it.
 *
 * <p>Promises that migrations never change after they were released, and that the service does not serve on a schema that is
 * older than the program needs.
 */
@NullMarked
package dev.countersign.migration;

import org.jspecify.annotations.NullMarked;
