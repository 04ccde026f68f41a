package dev.countersign.loader.sdk;

import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import java.util.function.Consumer;

/**
 * Static helper: answers with a script, to pages of every origin. A request that names the tag of the script in {@code
 * If-None-Match} is answered 304, and HEAD without the body.
 */
public final class ScriptResponseBuilder {

    private static final CharSequence TYPE = HttpHeaders.createOptimized("text/javascript");
    private static final String ANY = "*";

    private ScriptResponseBuilder() {}

    /**
     * Ends the answer.
     *
     * @param tag the value of {@code ETag}, with its quotes
     * @param cacheControl the value of {@code Cache-Control}
     * @param bytes the length of the script
     * @param sendBody sends the script; not called where the answer has no body
     */
    public static void end(
            RoutingContext context,
            String tag,
            CharSequence cacheControl,
            long bytes,
            Consumer<HttpServerResponse> sendBody) {
        HttpServerResponse response = context.response()
                .putHeader(HttpHeaders.ACCESS_CONTROL_ALLOW_ORIGIN, "*")
                .putHeader(HttpHeaders.CACHE_CONTROL, cacheControl)
                .putHeader(HttpHeaders.ETAG, tag);
        String known = context.request().getHeader(HttpHeaders.IF_NONE_MATCH);
        if (known != null && (known.contains(tag) || known.strip().equals(ANY))) {
            response.setStatusCode(304).end();
            return;
        }
        response.putHeader(HttpHeaders.CONTENT_TYPE, TYPE).putHeader(HttpHeaders.CONTENT_LENGTH, Long.toString(bytes));
        if (context.request().method().equals(HttpMethod.HEAD)) {
            response.end();
        } else {
            sendBody.accept(response);
        }
    }
}
