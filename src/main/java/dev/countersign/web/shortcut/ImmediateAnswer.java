package dev.countersign.web.shortcut;

import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.http.HttpRequest;

/** Interface: writes the whole answer to a request at once, on the event loop of its connection, where it can. */
@FunctionalInterface
public interface ImmediateAnswer {

    /**
     * Writes the answer to a request of HTTP/1.1, other than HEAD, without a body and without the header {@code Connection}.
     *
     * @param bytes takes all bytes of the answer, after which the connection stays open
     * @return false if Vert.x shall handle the request, which then must have had no effect here
     */
    boolean write(HttpRequest request, ByteBuf bytes);
}
