/**
 * Verifies the signatures under which a Relay sends its requests: Ed25519 over a header with the time and over the body.
 *
 * <p>Promises the verdicts of Relay's own library on every header, good or bad. Knows no relay by name: {@code relay.trusted}
 * does.
 */
@NullMarked
package dev.countersign.relay.signature;

import org.jspecify.annotations.NullMarked;
