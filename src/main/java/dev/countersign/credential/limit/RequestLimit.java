package dev.countersign.credential.limit;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.countersign.web.error.ApiException;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.OptionalInt;

/**
 * Counts the requests of each credential, those in the current window and those that run at the same time, and tells
 * how many are left; refuses requests past a limit. Off unless a limit is configured.
 */
@Singleton
public class RequestLimit {

    private static final int MAX_CREDENTIALS = 100_000;
    /** How long an idle credential is kept; no request takes longer. */
    private static final Duration FORGET_AFTER = Duration.ofMinutes(10);

    private final OptionalInt limit;
    private final OptionalInt concurrentLimit;
    private final Duration window;
    private final Cache<String, Usage> usages;

    RequestLimit(LimitConfig config) {
        this.limit = config.apiRateLimit().limit();
        this.concurrentLimit = config.apiRateLimit().concurrentLimit();
        this.window =
                Duration.ofSeconds(Math.max(1, config.apiRateLimit().window().toSeconds()));
        this.usages = Caffeine.newBuilder()
                .maximumSize(MAX_CREDENTIALS)
                .expireAfterAccess(FORGET_AFTER.plus(window))
                .build();
    }

    /** Whether any limit is on. */
    public boolean isOn() {
        return limit.isPresent() || concurrentLimit.isPresent();
    }

    /** Counts a request of a credential. The caller must call {@link #end} once the request is answered. */
    public Allowance begin(String credential) {
        long now = System.currentTimeMillis();
        long index = now / window.toMillis();
        long reset = Duration.ofMillis((index + 1) * window.toMillis()).toSeconds();
        return usages.get(credential, any -> new Usage()).begin(index, reset);
    }

    /** Ends the count of a request that has been answered. */
    public void end(String credential) {
        Usage usage = usages.getIfPresent(credential);
        if (usage != null) {
            usage.end();
        }
    }

    /**
     * Tells how many requests a credential has left after this request. A negative remainder means that the request is
     * past a limit; without a limit, the remainder is negative too.
     *
     * @param reset when the window ends, in seconds since 1970
     */
    public record Allowance(
            OptionalInt limit,
            int remaining,
            long reset,
            OptionalInt concurrentLimit,
            int concurrentRemaining,
            Duration window) {

        /**
         * Refuses the request where it is past a limit.
         *
         * @throws ApiException.TooManyRequests where the request is past a limit
         */
        public void check() {
            if (limit.isPresent() && remaining < 0) {
                long seconds = Math.max(
                        1, reset - Duration.ofMillis(System.currentTimeMillis()).toSeconds());
                throw ApiException.TooManyRequests.of(limit.getAsInt(), window, seconds);
            }
            if (concurrentLimit.isPresent() && concurrentRemaining < 0) {
                throw ApiException.TooManyRequests.concurrent(concurrentLimit.getAsInt());
            }
        }
    }

    private final class Usage {
        private long index;
        private int used;
        private int open;

        synchronized Allowance begin(long current, long reset) {
            if (index != current) {
                index = current;
                used = 0;
            }
            used++;
            open++;
            return new Allowance(
                    limit, limit.orElse(0) - used, reset, concurrentLimit, concurrentLimit.orElse(0) - open, window);
        }

        synchronized void end() {
            open--;
        }
    }
}
