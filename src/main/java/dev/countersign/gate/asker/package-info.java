/**
 * Finds out who asks the gate, and about the keys of which organizations the asker may know.
 *
 * <p>Promises that no header can make a peer's address trusted, that a token is compared in constant time, and that an
 * asker with an API key is known within the time that the caller allows, or not at all.
 */
@NullMarked
package dev.countersign.gate.asker;

import org.jspecify.annotations.NullMarked;
