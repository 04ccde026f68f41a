package dev.countersign.web.json;

import org.jboss.resteasy.reactive.server.core.ResteasyReactiveRequestContext;
import org.jboss.resteasy.reactive.server.spi.ServerHttpRequest;
import org.jboss.resteasy.reactive.server.spi.ServerRequestContext;
import org.jspecify.annotations.Nullable;

/** Static helper: reads a header of a request. Quarkus REST would copy all headers into a map for its own answer. */
public final class JoinedHeader {

    private JoinedHeader() {}

    /** The value of a header, several with one name joined by commas; null if the request has none. */
    public static @Nullable String of(ServerRequestContext context, String name) {
        ServerHttpRequest request = ((ResteasyReactiveRequestContext) context).serverRequest();
        return request.containsRequestHeader(name) ? String.join(",", request.getAllRequestHeaders(name)) : null;
    }
}
