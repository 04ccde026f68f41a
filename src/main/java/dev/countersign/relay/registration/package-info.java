/**
 * Registers relays: gives a relay a challenge and takes its answer.
 *
 * <p>Promises to store nothing about a relay, to register only trusted relays, and to read the database once for each
 * challenge and each answer.
 */
@NullMarked
package dev.countersign.relay.registration;

import org.jspecify.annotations.NullMarked;
