/**
 * Replaces a client key by a new one with the same settings, while SDKs may still send with the old key for a time.
 *
 * <p>Promises that of many rotations of one key at once exactly one succeeds, and that the old key never lives longer than
 * before.
 */
@NullMarked
package dev.countersign.projectkey.rotation;

import org.jspecify.annotations.NullMarked;
