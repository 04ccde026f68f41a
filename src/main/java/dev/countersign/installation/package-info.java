/**
 * What clients ask on their way to a DSN: the version, whose credential they hold, and where to go on.
 *
 * <p>Promises an answer to every good credential, whatever its scopes.
 */
@NullMarked
package dev.countersign.installation;

import org.jspecify.annotations.NullMarked;
