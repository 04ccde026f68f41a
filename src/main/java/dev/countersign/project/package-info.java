/**
 * Serves the REST endpoints for projects, and builds the answers that show a project.
 *
 * <p>Promises that a new project is stored with its team and its first key, or not at all. The package {@code
 * projectkey} makes the first key.
 */
@NullMarked
package dev.countersign.project;

import org.jspecify.annotations.NullMarked;
