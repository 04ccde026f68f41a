package dev.countersign.web.server;

import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.impl.ConnectionBase;

/** What the public methods of Vert.x cannot do with the connection of a request. */
public final class Connections {

    private Connections() {}

    /** Sends at once what has been written to the connection of a request; otherwise Vert.x does so later. */
    public static void sendNow(HttpServerRequest request) {
        if (request.connection() instanceof ConnectionBase connection) {
            connection.channelHandlerContext().flush();
        }
    }
}
