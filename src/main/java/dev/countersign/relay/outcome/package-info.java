/**
 * Takes what relays report of events, and adds the reports to the usage of client keys.
 *
 * <p>Promises one statement for each report, however many events and keys are in it, and that nothing is stored of keys that
 * the database does not have.
 */
@NullMarked
package dev.countersign.relay.outcome;

import org.jspecify.annotations.NullMarked;
