/**
 * What clients ask on their way to a DSN: which version this is, whose credential they hold, and where to go on.
 *
 * <p>Every good credential may ask, whatever its scopes.
 */
@NullMarked
package dev.countersign.installation;

import org.jspecify.annotations.NullMarked;
