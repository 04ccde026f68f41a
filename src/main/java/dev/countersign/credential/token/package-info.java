/**
 * Recognizes tokens that the configuration sets, such as the operator's token. A new kind of such tokens is one class
 * like {@code OperatorToken}, with its settings in {@link dev.countersign.credential.token.TokenConfig}.
 *
 * <p>Promises that a token is kept as a digest and compared in constant time.
 */
@NullMarked
package dev.countersign.credential.token;

import org.jspecify.annotations.NullMarked;
