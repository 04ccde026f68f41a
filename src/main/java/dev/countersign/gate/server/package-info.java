/**
 * Serves the gate on a port of its own: whoever passes events to a store asks here whether an event's key is good.
 *
 * <p>Promises that only known askers get an answer; that the checks run in the order of {@link
 * dev.countersign.gate.request.Reason}; that an answer comes within 150 ms, whatever the database does; and that nothing
 * of this starts while the port is not set.
 */
@NullMarked
package dev.countersign.gate.server;

import org.jspecify.annotations.NullMarked;
