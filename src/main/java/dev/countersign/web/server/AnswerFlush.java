package dev.countersign.web.server;

import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.impl.ConnectionBase;

/** Static helper: sends an answer to the client at once, for code after which Vert.x closes the connection. */
public final class AnswerFlush {

    private AnswerFlush() {}

    /** Sends all written bytes to the client at once; without this call Vert.x sends them later. */
    public static void sendNow(HttpServerRequest request) {
        if (request.connection() instanceof ConnectionBase connection) {
            connection.channelHandlerContext().flush();
        }
    }
}
