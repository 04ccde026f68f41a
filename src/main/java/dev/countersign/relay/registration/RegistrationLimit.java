package dev.countersign.relay.registration;

import dev.countersign.relay.trusted.PerSecond;
import dev.countersign.web.error.ApiException;
import jakarta.inject.Singleton;
import java.time.Duration;

/**
 * Limits the registrations of all relays together to {@value #LIMIT} requests a second in each replica, as Sentry does. Those of
 * one client that are refused have a limit of their own: {@link dev.countersign.relay.trusted.BadRequestLimit}.
 */
@Singleton
public class RegistrationLimit {

    private static final int LIMIT = 200;

    private final PerSecond requests = new PerSecond(LIMIT);

    /**
     * Counts a request.
     *
     * @throws ApiException.TooManyRequests if it is past the limit
     */
    void count() {
        if (!requests.take()) {
            throw ApiException.TooManyRequests.of(LIMIT, Duration.ofSeconds(1), 1);
        }
    }
}
