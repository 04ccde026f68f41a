/**
 * Serves the REST endpoints for client keys, and builds the answers that show a key with its DSNs.
 *
 * <p>The members of a key, their rules and the order of the checks are <a
 * href="https://docs.sentry.io/api/projects/create-a-new-client-key/">Sentry's</a>. Promises that no log contains a
 * secret DSN.
 */
@NullMarked
package dev.countersign.projectkey;

import org.jspecify.annotations.NullMarked;
