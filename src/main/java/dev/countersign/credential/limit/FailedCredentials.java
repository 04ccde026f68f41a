package dev.countersign.credential.limit;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.countersign.web.error.ApiException;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Counts the invalid credentials of each client address, and refuses further invalid credentials past a limit. A
 * refused client does not learn whether its guess was right. Valid credentials are never counted and never refused,
 * even from the same address.
 */
@Singleton
public class FailedCredentials {

    private static final int MAX_ADDRESSES = 100_000;

    private final int limit;
    private final Duration window;
    private final Cache<String, Count> counts;

    FailedCredentials(LimitConfig config) {
        this.limit = config.failedCredentials().limit();
        this.window = config.failedCredentials().window();
        this.counts = Caffeine.newBuilder()
                .maximumSize(MAX_ADDRESSES)
                .expireAfterWrite(window)
                .build();
    }

    /** Whether the limit is on. */
    public boolean isOn() {
        return limit > 0;
    }

    /** Whether one more invalid credential from an address is past the limit. */
    public boolean isReached(String address) {
        Count count = counts.getIfPresent(address);
        return isOn() && count != null && count.failures.get() >= limit;
    }

    /**
     * Counts an invalid credential from an address.
     *
     * @throws ApiException.TooManyRequests where the address is past the limit
     */
    public void count(String address) {
        Count count = counts.get(address, any -> new Count(System.nanoTime() + window.toNanos()));
        if (count.failures.incrementAndGet() > limit) {
            throw ApiException.TooManyRequests.of(limit, window, count.secondsLeft());
        }
    }

    private record Count(AtomicInteger failures, long endNanos) {
        Count(long endNanos) {
            this(new AtomicInteger(), endNanos);
        }

        long secondsLeft() {
            return Math.max(1, Duration.ofNanos(endNanos - System.nanoTime()).toSeconds());
        }
    }
}
