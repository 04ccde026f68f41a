/**
 * Client keys: Sentry's endpoints, and the object with its DSNs that they answer.
 *
 * <p>The object, the rules of its members and the order of the checks are
 * <a href="https://docs.sentry.io/api/projects/create-a-new-client-key/">Sentry's</a>. Promises that a secret DSN stands in
 * no log.
 */
@NullMarked
package dev.countersign.projectkey;

import org.jspecify.annotations.NullMarked;
