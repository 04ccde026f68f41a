/**
 * Client keys: what a Sentry SDK needs to send events, shown as DSNs.
 *
 * <p>The object, the rules of its members and the order of the checks are
 * <a href="https://docs.sentry.io/api/projects/create-a-new-client-key/">Sentry's</a>.
 */
@NullMarked
package dev.countersign.projectkey;

import org.jspecify.annotations.NullMarked;
