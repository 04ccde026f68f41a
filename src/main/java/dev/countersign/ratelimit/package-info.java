/**
 * Reads the rate limits of client keys from requests.
 *
 * <p>Promises that a limit has both a window and a count, or is none at all.
 */
@NullMarked
package dev.countersign.ratelimit;

import org.jspecify.annotations.NullMarked;
