/**
 * Lets a server answer its most frequent requests before Vert.x handles them, without Vert.x's objects for each request.
 *
 * <p>Promises that the answers of a connection keep the order of their requests, that a request without an immediate answer
 * reaches Vert.x unchanged, and that no more is read from a client that does not read its answers. Uses internals of Vert.x
 * and Netty, as {@code web.connection} and {@code web.server} do.
 */
@NullMarked
package dev.countersign.web.shortcut;

import org.jspecify.annotations.NullMarked;
