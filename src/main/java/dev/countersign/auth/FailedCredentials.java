package dev.countersign.auth;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.countersign.error.ApiException;
import io.quarkus.security.AuthenticationFailedException;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Slows down who guesses credentials: past a number of bad ones, an address is told to wait. A credential that was good a
 * short while ago goes on being served there, so that one client with an old key does not take its neighbours down.
 */
@Singleton
public class FailedCredentials {

    private static final int MAX_ADDRESSES = 100_000;
    private static final int MAX_GOOD = 10_000;
    private static final Duration GOOD_FOR = Duration.ofMinutes(15);

    private final int limit;
    private final Duration window;
    private final Cache<String, Count> counts;
    private final Cache<ByteBuffer, Boolean> good;

    FailedCredentials(LimitConfig config) {
        this.limit = config.failedCredentials().limit();
        this.window = config.failedCredentials().window();
        this.counts = Caffeine.newBuilder()
                .maximumSize(MAX_ADDRESSES)
                .expireAfterWrite(window)
                .build();
        this.good = Caffeine.newBuilder()
                .maximumSize(MAX_GOOD)
                .expireAfterAccess(GOOD_FOR)
                .build();
    }

    /**
     * Checks a credential, unless its address has to wait.
     *
     * @param address of the client, as text; asked for only where it matters
     * @return what the check answers; {@link ApiException.TooManyRequests} where the address has to wait
     */
    <T> Uni<T> guard(Supplier<@Nullable String> address, ApiKeySecret secret, Supplier<Uni<T>> check) {
        if (limit == 0) {
            return check.get();
        }
        ByteBuffer hash = ByteBuffer.wrap(secret.hash());
        if (good.getIfPresent(hash) != null) {
            return check.get()
                    .onFailure(AuthenticationFailedException.class)
                    .invoke(() -> failed(ClientAddress.group(address.get()), hash));
        }
        String group = ClientAddress.group(address.get());
        Count count = counts.getIfPresent(group);
        if (count != null && count.failures.get() >= limit) {
            return Uni.createFrom().failure(ApiException.TooManyRequests.of(limit, window, count.secondsLeft()));
        }
        return check.get()
                .invoke(() -> good.put(hash, true))
                .onFailure(AuthenticationFailedException.class)
                .invoke(() -> failed(group, hash));
    }

    private void failed(String group, ByteBuffer hash) {
        good.invalidate(hash);
        counts.get(group, any -> new Count(System.nanoTime() + window.toNanos()))
                .failures
                .incrementAndGet();
    }

    private record Count(AtomicInteger failures, long endNanos) {
        Count(long endNanos) {
            this(new AtomicInteger(), endNanos);
        }

        long secondsLeft() {
            return Math.max(0, Duration.ofNanos(endNanos - System.nanoTime()).toSeconds());
        }
    }
}
