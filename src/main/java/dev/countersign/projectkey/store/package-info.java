/**
 * Stores client keys, and tells listeners of each change.
 *
 * <p>Promises one statement for each create, list and retrieve. The package {@code projectkey} builds DSNs and answers.
 */
@NullMarked
package dev.countersign.projectkey.store;

import org.jspecify.annotations.NullMarked;
