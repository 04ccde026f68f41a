/**
 * What the service does while its surroundings fail, and that nothing acknowledged is lost.
 *
 * <p>What is tagged {@code faults} belongs to the long run, {@code ./mvnw verify -Pfaults}.
 */
package dev.countersign.faults;
