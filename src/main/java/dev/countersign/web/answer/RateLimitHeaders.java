package dev.countersign.web.answer;

import io.vertx.core.MultiMap;

/** Says what is left to a client, in the headers that Sentry's clients wait by. */
public final class RateLimitHeaders {

    private static final String PREFIX = "X-Sentry-Rate-Limit-";

    private RateLimitHeaders() {}

    /**
     * Puts the headers of a limit to requests in a window.
     *
     * @param reset when the window ends, in seconds since 1970
     */
    public static void put(MultiMap headers, int limit, int remaining, long reset) {
        headers.set(PREFIX + "Remaining", String.valueOf(Math.max(0, remaining)));
        headers.set(PREFIX + "Limit", String.valueOf(limit));
        headers.set(PREFIX + "Reset", String.valueOf(reset));
    }

    /** Puts the headers of a limit to requests at the same time. */
    public static void putConcurrent(MultiMap headers, int limit, int remaining) {
        headers.set(PREFIX + "ConcurrentRemaining", String.valueOf(Math.max(0, remaining)));
        headers.set(PREFIX + "ConcurrentLimit", String.valueOf(limit));
    }
}
