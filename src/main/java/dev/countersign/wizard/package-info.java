/**
 * The hand-over of {@code @sentry/wizard}: it asks for a hash, shows the hash to a human, and polls until an operator has
 * approved the hash for a project; then it gets an API key and the DSNs of the project, once.
 *
 * <p>Whoever holds the hash gets the key. Promises that only the digest of a hash is stored, from the approval on and for ten
 * minutes, and that the key is made when it is fetched: the database never holds one that works.
 */
@NullMarked
package dev.countersign.wizard;

import org.jspecify.annotations.NullMarked;
