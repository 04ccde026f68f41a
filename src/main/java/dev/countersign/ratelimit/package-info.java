/**
 * Reads the rate limits of client keys from requests, and chooses the rate limit of a new key whose request names none.
 *
 * <p>Promises that a limit has both a window and a count, or is none at all.
 */
@NullMarked
package dev.countersign.ratelimit;

import org.jspecify.annotations.NullMarked;
