/**
 * Reads the stored rows that a declaration concerns, finds conflicts with rows of others, and writes plans.
 *
 * <p>Promises a fixed number of statements for an organization, however many projects it has, and that each row it makes
 * carries its owner. All methods block.
 */
@NullMarked
package dev.countersign.apply.store;

import org.jspecify.annotations.NullMarked;
