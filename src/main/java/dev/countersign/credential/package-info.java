/**
 * Authenticates requests: finds out who sends a request, and which scopes and organizations the sender has.
 *
 * <p>Promises that a scope is checked before any look-up, and that a caller of one organization never acts on another.
 * {@code toString} never shows a secret. Each kind of credential stores its own secrets: a kind is a {@link
 * dev.countersign.credential.CredentialSource} in its own package, and a record of {@link
 * dev.countersign.credential.Caller}, which states the organizations that the kind may act on.
 */
@NullMarked
package dev.countersign.credential;

import org.jspecify.annotations.NullMarked;
