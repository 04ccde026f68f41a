/**
 * Projects as rows: what a client key belongs to, and what a DSN ends with.
 *
 * <p>Every path that names a project asks here. Promises that a renamed project is found by its old slug, and that lists
 * never read the settings of a project.
 */
@NullMarked
package dev.countersign.project.store;

import org.jspecify.annotations.NullMarked;
