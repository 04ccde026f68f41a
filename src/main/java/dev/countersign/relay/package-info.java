/**
 * Serves the REST endpoints that a Relay asks: registration, project configs, project ids, public keys, outcomes.
 *
 * <p>Promises Sentry's answers to the relays that the configuration trusts, and no route where it trusts none. Does not take
 * events.
 */
@NullMarked
package dev.countersign.relay;

import org.jspecify.annotations.NullMarked;
