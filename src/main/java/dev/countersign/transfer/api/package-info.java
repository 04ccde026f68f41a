/**
 * Reads organizations, teams, projects and client keys from the API of Sentry, GlitchTip or this service, into a file in the form
 * of {@code sentry export}.
 *
 * <p>Promises that the token goes to the named origin only, that an interrupted run goes on where it was, and that what is kept
 * on the way is readable for its owner only.
 */
@NullMarked
package dev.countersign.transfer.api;

import org.jspecify.annotations.NullMarked;
