/**
 * Adds to the client keys of any answer when they were seen last, if the request asks for the usage.
 *
 * <p>Promises that other answers need no further statement. {@code gate.count} notes when a key is seen.
 */
@NullMarked
package dev.countersign.usage.seen;

import org.jspecify.annotations.NullMarked;
