/**
 * The configurations of {@code deploy/gateways}, run: real gateways between clients that attack and a store that prints what
 * reaches it. Each gateway whose program is not installed is skipped.
 */
@NullMarked
package dev.countersign.gateways;

import org.jspecify.annotations.NullMarked;
