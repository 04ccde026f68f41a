/**
 * API keys: the credentials of one organization.
 *
 * <p>Promises that a secret is stored as SHA-256 and shown once, and that a removed or disabled key is refused within one
 * second by every replica.
 */
@NullMarked
package dev.countersign.apikey;

import org.jspecify.annotations.NullMarked;
