package dev.countersign.web.answer;

import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;
import org.jspecify.annotations.Nullable;

/** Static helper: puts {@code Vary: Accept} and {@code Cache-Control: no-store} on an answer. */
public final class NegotiatedHeaders {

    private NegotiatedHeaders() {}

    /** Puts the headers, also for a failure of the request. Adds to the {@code Vary} of every answer. */
    public static void put(HttpServerResponse response) {
        MultiMap headers = response.headers();
        @Nullable String vary = headers.get(HttpHeaders.VARY);
        headers.set(HttpHeaders.VARY, vary == null ? "Accept" : vary + ", Accept");
        headers.set(HttpHeaders.CACHE_CONTROL, "no-store");
    }
}
