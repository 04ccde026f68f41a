package dev.countersign.ratelimit;

import io.smallrye.config.ConfigMapping;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Configures the rate limit that new client keys of the whole installation get by default; none unless both settings are set.
 */
@ConfigMapping(prefix = "countersign.default-rate-limit")
public interface DefaultRateLimitConfig {

    /** The length of the window, in whole seconds, at most a day. */
    Optional<Duration> window();

    /** The number of events within the window. */
    OptionalInt count();
}
