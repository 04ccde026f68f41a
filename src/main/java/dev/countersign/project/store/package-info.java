/**
 * Stores projects and their former slugs.
 *
 * <p>Every path that names a project finds it here. Promises that a renamed project is found by its former slug, and
 * that lists never read the settings of a project.
 */
@NullMarked
package dev.countersign.project.store;

import org.jspecify.annotations.NullMarked;
