/**
 * The operator's token, which the configuration sets.
 *
 * <p>Promises that the token is kept as a digest and compared in constant time.
 */
@NullMarked
package dev.countersign.credential.operator;

import org.jspecify.annotations.NullMarked;
