/**
 * Answers which client keys are good, and what a relay has to know of their projects.
 *
 * <p>Promises configs that Relay's own library takes as they are, a revision that changes exactly when a config does, and at
 * most two statements for a request. A key whose config the relay already has costs no statement while nothing changes.
 */
@NullMarked
package dev.countersign.relay.projectconfig;

import org.jspecify.annotations.NullMarked;
