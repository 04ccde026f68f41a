/**
 * Loads the public keys of issuers (JWKS, RFC 7517) from a URL or a file, and keeps them in memory.
 *
 * <p>Promises that nothing loads before a token needs a key; that many tokens cause one load; that a failed load leaves the
 * earlier keys in use for as long as the configuration says; and that a weak or malformed key is left out without the others.
 */
@NullMarked
package dev.countersign.issuer.key;

import org.jspecify.annotations.NullMarked;
