/**
 * Holds the members of a client key that never change: its public key, secret key and use case, and its first label.
 *
 * <p>Promises that keys and labels which no client brings along are random, and that no text shows a secret key.
 */
@NullMarked
package dev.countersign.projectkey.identity;

import org.jspecify.annotations.NullMarked;
