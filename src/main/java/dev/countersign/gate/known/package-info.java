/**
 * Keeps client keys in memory, and knows when what is in memory is true.
 *
 * <p>Promises that a change which was answered is obeyed within one second while the database answers, and that each
 * question is answered within 100 ms, whatever the database does. Leaves to {@code gate.server} what to tell a gateway.
 */
@NullMarked
package dev.countersign.gate.known;

import org.jspecify.annotations.NullMarked;
