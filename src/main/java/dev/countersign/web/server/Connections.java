package dev.countersign.web.server;

import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.impl.ConnectionBase;

/** Sends at once what is written to the connection of a request, which no public method of Vert.x can do. */
public final class Connections {

    private Connections() {}

    /** Sends all written bytes to the client at once; without this call Vert.x sends them later. */
    public static void sendNow(HttpServerRequest request) {
        if (request.connection() instanceof ConnectionBase connection) {
            connection.channelHandlerContext().flush();
        }
    }
}
