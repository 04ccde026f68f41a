/**
 * Holds the members of a client key that never change: its public key, secret key and use case, and its first label.
 *
 * <p>Promises that labels which no client brings along are random, that such keys have at least 96 random bits, and that no
 * text shows a secret key.
 */
@NullMarked
package dev.countersign.projectkey.identity;

import org.jspecify.annotations.NullMarked;
