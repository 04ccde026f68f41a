/**
 * What leans on the inside of Vert.x, Netty and Mutiny on the side of HTTP.
 *
 * <p>Promises that nothing else of {@code web} does. A test fails for each type here when a new version changes what it leans
 * on.
 */
@NullMarked
package dev.countersign.web.server;

import org.jspecify.annotations.NullMarked;
