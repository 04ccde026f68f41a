package dev.countersign.relay.registration;

import dev.countersign.web.error.ApiException;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * Limits the registrations of all relays together to {@value #LIMIT} requests a second in each replica, because anyone can
 * send them.
 */
@Singleton
public class RegistrationLimit {

    private static final int LIMIT = 200;
    private static final Duration WINDOW = Duration.ofSeconds(1);

    private long window;
    private int count;

    /**
     * Counts a request.
     *
     * @throws ApiException.TooManyRequests if it is past the limit
     */
    void count() {
        if (!isBelowLimit(TimeUnit.NANOSECONDS.toSeconds(System.nanoTime()))) {
            throw ApiException.TooManyRequests.of(LIMIT, WINDOW, 1);
        }
    }

    private synchronized boolean isBelowLimit(long second) {
        if (second != window) {
            window = second;
            count = 0;
        }
        count++;
        return count <= LIMIT;
    }
}
