/**
 * Holds the code that uses internals of Vert.x, Netty and Mutiny for HTTP.
 *
 * <p>Promises that no other package of {@code web} uses internals. If a new version changes an internal that a type uses, a
 * test fails for this type.
 */
@NullMarked
package dev.countersign.web.server;

import org.jspecify.annotations.NullMarked;
