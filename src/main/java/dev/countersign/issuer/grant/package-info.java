/**
 * Decides what a verified token may do: finds the grant of its issuer that matches its claims most narrowly.
 *
 * <p>Promises that exactly one grant applies, that scopes of grants never add up, and that a token acts in one organization.
 */
@NullMarked
package dev.countersign.issuer.grant;

import org.jspecify.annotations.NullMarked;
