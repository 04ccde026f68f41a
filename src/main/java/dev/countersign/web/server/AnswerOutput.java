package dev.countersign.web.server;

import io.netty.buffer.ByteBuf;
import io.vertx.core.buffer.impl.VertxByteBufAllocator;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.impl.ConnectionBase;

/** Static helper: memory for answers, and answers that are sent at once, for code after which Vert.x closes the connection. */
public final class AnswerOutput {

    private AnswerOutput() {}

    /**
     * Memory of the pool from which Quarkus takes that of answers. The socket reads it without a copy, and Vert.x releases it
     * when the answer is sent.
     *
     * @param size in bytes; the memory grows with what is written
     */
    public static ByteBuf memory(int size) {
        return VertxByteBufAllocator.POOLED_ALLOCATOR.directBuffer(size);
    }

    /** Sends all written bytes to the client at once; without this call Vert.x sends them later. */
    public static void sendNow(HttpServerRequest request) {
        if (request.connection() instanceof ConnectionBase connection) {
            connection.channelHandlerContext().flush();
        }
    }
}
