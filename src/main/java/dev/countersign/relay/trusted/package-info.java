/**
 * Knows the relays that the configuration trusts, and authenticates their requests.
 *
 * <p>Promises that a service without configured relays has no route for them, and that no request of another relay is served.
 */
@NullMarked
package dev.countersign.relay.trusted;

import org.jspecify.annotations.NullMarked;
