/**
 * The hand-over of {@code @sentry/wizard}: it asks for a hash, shows it to a human, and polls until an operator has
 * approved it for a project; then it gets an API key and the DSNs of the project, once.
 *
 * <p>Whoever holds the hash gets the key. So only its digest is stored, from the approval on and for ten minutes, and the
 * key is made when it is fetched: the database never holds one that works.
 */
@NullMarked
package dev.countersign.wizard;

import org.jspecify.annotations.NullMarked;
