/**
 * Authenticates requests by the tokens of configured issuers, such as the token of a Kubernetes service account. The steps are
 * packages of their own: settings, keys, tokens, grants.
 *
 * <p>Promises that a token of a known issuer costs no network and mostly no database; that memory is bounded whatever tokens
 * come; and that, without a configured issuer, no class of these packages but the bean {@code IssuedTokens} is loaded.
 */
@NullMarked
package dev.countersign.issuer;

import org.jspecify.annotations.NullMarked;
