/**
 * Counts the events of each client key, and enforces the rate limits of keys, together with all other replicas.
 *
 * <p>Promises that no request waits for a count or allocates memory for one, that each replica adds its counts with one
 * statement an interval however many keys there are, and that no replica alone passes more events than a limit allows. Leaves
 * to {@code gate.server} which answer a request gets.
 */
@NullMarked
package dev.countersign.gate.count;

import org.jspecify.annotations.NullMarked;
