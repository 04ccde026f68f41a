/**
 * Who calls and what they may do.
 *
 * <p>Promises that a scope is checked before anything is looked up, and that a caller of one organization never acts on another.
 * Secrets have no string form. Leaves to each kind of credential where its secrets are kept: a kind is a
 * {@link dev.countersign.credential.CredentialSource} in a room of its own, and a record of
 * {@link dev.countersign.credential.Caller}, which says which organizations it may act on.
 */
@NullMarked
package dev.countersign.credential;

import org.jspecify.annotations.NullMarked;
