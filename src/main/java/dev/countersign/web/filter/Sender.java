package dev.countersign.web.filter;

import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.SocketAddress;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Holds what a request tells about its sender.
 *
 * @param peer the address of the connection, such as {@code 192.0.2.1}; null for a connection that is no network connection
 * @param forwardedFor the headers {@code X-Forwarded-For}, in their order; anyone can send them
 */
public record Sender(@Nullable String peer, List<String> forwardedFor) {

    /** The sender of a request. The peer is the connection's own: Quarkus may take that of the request from a header. */
    public static Sender of(HttpServerRequest request) {
        SocketAddress address = request.connection().remoteAddress();
        return new Sender(
                address == null ? null : address.hostAddress(),
                request.headers().getAll("X-Forwarded-For"));
    }
}
