/**
 * What the service does while its surroundings fail, and that nothing acknowledged is lost.
 *
 * <p>Classes whose name ends in {@code FaultIT} belong to the long run, {@code ./mvnw verify -Pfaults}.
 */
@NullMarked
package dev.countersign.faults;

import org.jspecify.annotations.NullMarked;
