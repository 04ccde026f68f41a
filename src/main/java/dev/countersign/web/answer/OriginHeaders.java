package dev.countersign.web.answer;

import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;

/** Static helper: sets the CORS headers of an answer that only one origin, or no origin, may read. */
public final class OriginHeaders {

    private OriginHeaders() {}

    /** Lets only one origin read the answer. */
    public static void allowOnly(HttpServerResponse response, String origin) {
        response.putHeader(HttpHeaders.ACCESS_CONTROL_ALLOW_ORIGIN, origin);
        response.headers().set(HttpHeaders.VARY, ApiHeaders.VARY + ", Origin");
    }

    /** Lets no origin read the answer. */
    public static void allowNone(HttpServerResponse response) {
        response.headers().remove(HttpHeaders.ACCESS_CONTROL_ALLOW_ORIGIN);
        response.headers().set(HttpHeaders.VARY, ApiHeaders.VARY + ", Origin");
    }
}
