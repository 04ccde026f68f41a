package dev.countersign.loader;

import io.vertx.core.buffer.Buffer;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Holds a client key as its loader needs it.
 *
 * @param active whether the key is switched on; an expired key may be
 * @param expiresNanos when the key expires, by {@link System#nanoTime}; null is never
 * @param surrogateKey the words by which a CDN removes the loader, such as {@code project/2 sdk/10.78.0 sdk-loader}
 * @param script the end of the script that belongs to this key; null if there is no SDK for it
 */
record LoaderKey(
        long id,
        long organizationId,
        long projectId,
        boolean active,
        @Nullable Long expiresNanos,
        String surrogateKey,
        @Nullable Script script) {

    /**
     * The end of a script.
     *
     * @param arguments what the loader is called with, in UTF-8
     * @param digest a short hash of the arguments
     */
    record Script(Buffer arguments, String digest) {}

    /** Whether the key has expired at a time of {@link System#nanoTime}. */
    boolean isExpired(long now) {
        return expiresNanos != null && expiresNanos - now <= 0;
    }

    /** The whole seconds until the key expires; the greatest number there is for a key that never does. */
    long secondsLeft(long now) {
        return expiresNanos == null ? Long.MAX_VALUE : Math.max(0, TimeUnit.NANOSECONDS.toSeconds(expiresNanos - now));
    }
}
