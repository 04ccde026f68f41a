/**
 * Compares what documents declare of an organization with what is stored, and plans the changes between the two.
 *
 * <p>Promises that a plan touches only declared members and what {@code --prune} may remove, that no half of a client key is
 * ever replaced, and that a plan in the background switches nothing on. Pure: reads no database.
 */
@NullMarked
package dev.countersign.apply.compare;

import org.jspecify.annotations.NullMarked;
