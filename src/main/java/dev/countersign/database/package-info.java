/**
 * The schema and how it gets there, and work that must not stop half-way.
 *
 * <p>Leaves the queries to the repositories of each feature.
 */
@NullMarked
package dev.countersign.database;

import org.jspecify.annotations.NullMarked;
