/**
 * Faults of the database, of the network and of clients: the service recovers, and no acknowledged key is lost.
 *
 * <p>Tests with the tag {@code faults} take long and run by {@code ./mvnw verify -Pfaults}.
 */
package dev.countersign.faults;
