package dev.countersign.web.answer;

import io.vertx.core.MultiMap;

/**
 * Static helper: sets the {@code X-Sentry-Rate-Limit} headers of an answer: limit, remaining requests, and reset time. Sentry's
 * clients wait according to these headers.
 */
public final class RateLimitHeaders {

    private static final String PREFIX = "X-Sentry-Rate-Limit-";

    private RateLimitHeaders() {}

    /**
     * Puts the headers of a limit to the requests in a window of time.
     *
     * @param reset the end of the window, in seconds since 1970
     */
    public static void put(MultiMap headers, int limit, int remaining, long reset) {
        headers.set(PREFIX + "Remaining", String.valueOf(Math.max(0, remaining)));
        headers.set(PREFIX + "Limit", String.valueOf(limit));
        headers.set(PREFIX + "Reset", String.valueOf(reset));
    }

    /** Puts the headers of a limit to concurrent requests. */
    public static void putConcurrent(MultiMap headers, int limit, int remaining) {
        headers.set(PREFIX + "ConcurrentRemaining", String.valueOf(Math.max(0, remaining)));
        headers.set(PREFIX + "ConcurrentLimit", String.valueOf(limit));
    }
}
