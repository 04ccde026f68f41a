/**
 * Hands a project over to {@code @sentry/wizard}, Sentry's set-up program. The wizard asks for a hash, shows the hash
 * to its user, and polls until an operator has approved the hash for a project. The wizard then gets an API key and the
 * DSNs of the project, once.
 *
 * <p>Whoever holds the hash gets the key. Promises that the database stores only the digest of a hash, from the
 * approval on and for ten minutes. Promises that the key is made when the wizard fetches it, so that the database never
 * holds a usable key.
 */
@NullMarked
package dev.countersign.wizard;

import org.jspecify.annotations.NullMarked;
