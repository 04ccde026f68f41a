/**
 * How often a client may guess credentials, and how often a credential may ask.
 *
 * <p>Promises that a good credential is never refused for its neighbours. Each replica counts for itself, in bounded memory.
 */
@NullMarked
package dev.countersign.credential.limit;

import org.jspecify.annotations.NullMarked;
