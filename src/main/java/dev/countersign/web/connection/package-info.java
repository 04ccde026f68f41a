/**
 * Holds the handlers of one HTTP/1 connection: what is read when, how an answer becomes bytes, and how the last answer ends.
 *
 * <p>Promises that a connection's answers keep the order of their requests and arrive as Vert.x wrote them, and that the memory of
 * a connection is bounded whatever its client sends or does not read. Uses internals of Vert.x and Netty, as {@code web.server}
 * does.
 */
@NullMarked
package dev.countersign.web.connection;

import org.jspecify.annotations.NullMarked;
