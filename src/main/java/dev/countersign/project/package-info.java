/**
 * Projects: Sentry's endpoints, and the object that they answer.
 *
 * <p>Promises that a new project is stored whole, with its team and its first key, or not at all. Leaves to {@code projectkey}
 * what the first key is.
 */
@NullMarked
package dev.countersign.project;

import org.jspecify.annotations.NullMarked;
