/**
 * Holds the stored rows that a declaration concerns, and the changes that a plan makes of both.
 *
 * <p>Promises that a plan names each of its changes in a line without secrets.
 */
@NullMarked
package dev.countersign.apply.plan;

import org.jspecify.annotations.NullMarked;
