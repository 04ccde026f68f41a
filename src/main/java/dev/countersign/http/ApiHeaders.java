package dev.countersign.http;

import io.vertx.core.MultiMap;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The headers of every answer of the API: those of Sentry's API page, and CORS for any origin without credentials. */
final class ApiHeaders {

    private static final String ALLOWED_HEADERS = "X-Sentry-Auth, X-Requested-With, Origin, Accept, Content-Type,"
            + " Authentication, Authorization, Content-Encoding, sentry-trace, baggage, X-CSRFToken";
    private static final String EXPOSED_HEADERS =
            "X-Sentry-Error, X-Sentry-Direct-Hit, X-Hits, X-Max-Hits, Endpoint, Retry-After, Link";

    static final String VARY = "Accept-Language, Cookie";

    private ApiHeaders() {}

    static void put(MultiMap headers, @Nullable Set<String> methods) {
        headers.set("Content-Language", "en");
        headers.set("Vary", VARY);
        headers.set("X-Content-Type-Options", "nosniff");
        headers.set("X-Frame-Options", "deny");
        headers.set("X-XSS-Protection", "1; mode=block");
        headers.set("Access-Control-Allow-Origin", "*");
        headers.set("Access-Control-Allow-Headers", ALLOWED_HEADERS);
        headers.set("Access-Control-Expose-Headers", EXPOSED_HEADERS);
        if (methods != null) {
            String allow = String.join(", ", methods);
            headers.set("Allow", allow);
            headers.set("Access-Control-Allow-Methods", allow);
        }
    }
}
