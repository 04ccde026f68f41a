/**
 * Has the commands that move organizations in from Sentry, GlitchTip and this service, and out to them.
 *
 * <p>Promises that ids, keys, slugs and dates stay as they are, and that no secret is printed unless it was asked for.
 */
@NullMarked
package dev.countersign.transfer;

import org.jspecify.annotations.NullMarked;
