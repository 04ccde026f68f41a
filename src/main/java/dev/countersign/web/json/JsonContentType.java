package dev.countersign.web.json;

import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;

/**
 * Static helper: lets an answer in JSON have {@code Content-Type: application/json} without a charset, as Sentry does, because JSON
 * is always UTF-8. A filter of Quarkus REST could set that too, but then Quarkus REST makes an object for each answer with all
 * its headers.
 */
public final class JsonContentType {

    private static final CharSequence NAME = HttpHeaders.createOptimized("Content-Type");
    private static final CharSequence JSON = HttpHeaders.createOptimized("application/json");

    /** What Quarkus REST sets for JSON. */
    private static final String WITH_CHARSET = "application/json;charset=UTF-8";

    private JsonContentType() {}

    /** Takes the charset away just before the headers of the answer are sent. */
    public static void withoutCharset(RoutingContext context) {
        MultiMap headers = context.response().headers();
        context.addHeadersEndHandler(sending -> {
            if (WITH_CHARSET.equals(headers.get(NAME))) {
                headers.set(NAME, JSON);
            }
        });
    }
}
