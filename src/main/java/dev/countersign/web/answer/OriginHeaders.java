package dev.countersign.web.answer;

import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;

/** The CORS headers of an answer that only some origins may read. */
public final class OriginHeaders {

    private OriginHeaders() {}

    /** Gives the answer to one origin alone. */
    public static void allowOnly(HttpServerResponse response, String origin) {
        response.putHeader(HttpHeaders.ACCESS_CONTROL_ALLOW_ORIGIN, origin);
        response.headers().set(HttpHeaders.VARY, ApiHeaders.VARY + ", Origin");
    }

    /** Keeps the answer from the origin that asked. */
    public static void allowNone(HttpServerResponse response) {
        response.headers().remove(HttpHeaders.ACCESS_CONTROL_ALLOW_ORIGIN);
        response.headers().set(HttpHeaders.VARY, ApiHeaders.VARY + ", Origin");
    }
}
