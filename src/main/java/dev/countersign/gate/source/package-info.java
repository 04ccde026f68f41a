/**
 * Asks the database for the gate: keeps the connection, collects what is asked, and remembers how long the database has been
 * silent.
 *
 * <p>Promises bounded memory and bounded waits, whatever is asked and whatever the database does. Knows neither keys nor
 * rows: those are {@code gate.known}'s.
 */
@NullMarked
package dev.countersign.gate.source;

import org.jspecify.annotations.NullMarked;
