package dev.countersign.credential.limit;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** How often a client may guess, and how often a credential may ask. Each instance counts for itself. */
@ConfigMapping(prefix = "countersign")
public interface LimitConfig {

    /** Against guessing credentials; per client address, IPv6 per /64. */
    FailedCredentials failedCredentials();

    /** Against a client that asks too much; per credential. Off unless a limit is set. */
    ApiRateLimit apiRateLimit();

    /**
     * The proxies whose {@code X-Forwarded-For} is believed: addresses and networks, such as {@code 10.0.0.0/8}. Unset, the
     * header is ignored.
     */
    Optional<List<String>> trustedProxies();

    /** How many bad credentials an address may present. */
    interface FailedCredentials {
        /** How many within the window; 0 is no limit. */
        @WithDefault("60")
        int limit();

        /** Begins with the first bad credential. */
        @WithDefault("1m")
        Duration window();
    }

    /** How many requests a credential may send. */
    interface ApiRateLimit {
        /** How many within a window; unset is no limit. */
        OptionalInt limit();

        /** Windows are fixed: they begin at multiples of this since 1970; whole seconds. */
        @WithDefault("1s")
        Duration window();

        /** How many at the same time; unset is no limit. */
        OptionalInt concurrentLimit();
    }
}
