/**
 * Describes this service: a page at {@code /} for people, and for clients the API version, the caller, and the regions.
 *
 * <p>Promises an answer to every valid credential, whatever its scopes.
 */
@NullMarked
package dev.countersign.installation;

import org.jspecify.annotations.NullMarked;
