/**
 * Client keys as rows.
 *
 * <p>Promises one statement for each create, list and retrieve. Leaves to {@code projectkey} the DSNs and the form of answers.
 */
@NullMarked
package dev.countersign.projectkey.store;

import org.jspecify.annotations.NullMarked;
