/**
 * Computes hashes, and checks the points of public keys.
 *
 * <p>Promises the SHA-256 of bytes and texts, and to refuse a public key whose point is not on its curve or has a small order.
 * Pure. Leaves to its callers which keys they trust.
 */
@NullMarked
package dev.countersign.crypto;

import org.jspecify.annotations.NullMarked;
