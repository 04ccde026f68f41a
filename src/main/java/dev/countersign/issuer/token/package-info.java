/**
 * Parses the tokens of issuers (JWT in compact form, RFC 7519), and checks their signature and claims.
 *
 * <p>Promises that nothing a token names is ever fetched or trusted, that a token which can be read in two ways is refused, and
 * that no message shows a part of a token.
 */
@NullMarked
package dev.countersign.issuer.token;

import org.jspecify.annotations.NullMarked;
