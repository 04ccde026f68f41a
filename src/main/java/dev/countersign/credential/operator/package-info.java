/**
 * The operator token of the installation, from configuration.
 *
 * <p>Promises that the token is kept as a digest and compared in constant time.
 */
@NullMarked
package dev.countersign.credential.operator;

import org.jspecify.annotations.NullMarked;
