/**
 * Migrates the schema of the database, and checks the schema version.
 *
 * <p>Promises that a released migration never changes, and that the service does not serve on a schema that is older
 * than the program needs.
 */
@NullMarked
package dev.countersign.migration;

import org.jspecify.annotations.NullMarked;
