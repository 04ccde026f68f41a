package dev.countersign.web.answer;

import dev.countersign.web.route.Routes;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import org.jspecify.annotations.Nullable;

/**
 * Static helper: sets the headers that every answer of the API has: Sentry's own, and CORS for any origin without credentials.
 * The headers are encoded once; Vert.x would check and encode texts again for each answer.
 */
public final class ApiHeaders {

    static final String VARY = "Accept-Language, Cookie";

    private static final CharSequence[] ALWAYS = encode(
            "Content-Language",
            "en",
            "Vary",
            VARY,
            "X-XSS-Protection",
            "1; mode=block",
            "Access-Control-Allow-Origin",
            "*",
            "Access-Control-Allow-Headers",
            "X-Sentry-Auth, X-Requested-With, Origin, Accept, Content-Type,"
                    + " Authentication, Authorization, Content-Encoding, sentry-trace, baggage, X-CSRFToken,"
                    + " Idempotency-Key",
            "Access-Control-Expose-Headers",
            "X-Sentry-Error, X-Sentry-Direct-Hit, X-Hits, X-Max-Hits, Endpoint, Retry-After, Link,"
                    + " Idempotency-Replayed");
    private static final CharSequence[] OUTSIDE_API_TOO =
            encode("X-Content-Type-Options", "nosniff", "X-Frame-Options", "deny");
    private static final CharSequence ALLOW = HttpHeaders.createOptimized("Allow");
    private static final CharSequence ALLOW_METHODS = HttpHeaders.createOptimized("Access-Control-Allow-Methods");

    private ApiHeaders() {}

    /** Puts the headers, with the methods of the route if there is one. */
    public static void put(MultiMap headers, Routes.@Nullable Route route) {
        putOutsideApi(headers);
        set(headers, ALWAYS);
        if (route != null) {
            headers.set(ALLOW, route.allow());
            headers.set(ALLOW_METHODS, route.allow());
        }
    }

    /** Puts the headers that answers outside the API have too: browsers neither guess the type of an answer nor frame it. */
    public static void putOutsideApi(MultiMap headers) {
        set(headers, OUTSIDE_API_TOO);
    }

    private static void set(MultiMap headers, CharSequence[] namesAndValues) {
        for (int i = 0; i < namesAndValues.length; i += 2) {
            headers.set(namesAndValues[i], namesAndValues[i + 1]);
        }
    }

    private static CharSequence[] encode(String... texts) {
        CharSequence[] encoded = new CharSequence[texts.length];
        for (int i = 0; i < texts.length; i++) {
            encoded[i] = HttpHeaders.createOptimized(texts[i]);
        }
        return encoded;
    }
}
