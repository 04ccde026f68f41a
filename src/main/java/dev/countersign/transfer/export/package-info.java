/**
 * Writes organizations and all below them in the form of {@code sentry export}.
 *
 * <p>Promises that an import of this service makes the same rows of it, and that secrets are in it only if they were asked for.
 */
@NullMarked
package dev.countersign.transfer.export;

import org.jspecify.annotations.NullMarked;
