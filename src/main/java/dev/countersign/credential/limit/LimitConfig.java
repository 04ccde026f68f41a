package dev.countersign.credential.limit;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** Configures the limits for invalid credentials and for requests. Each instance counts separately. */
@ConfigMapping(prefix = "countersign")
public interface LimitConfig {

    /** The limit of invalid credentials per client address; an IPv6 network of 64 bits counts as one address. */
    FailedCredentials failedCredentials();

    /** The limit of requests per credential; off unless a limit is set. */
    ApiRateLimit apiRateLimit();

    /**
     * The trusted proxies, as addresses and networks such as {@code 10.0.0.0/8}. Only their {@code X-Forwarded-For} is
     * read. Where no proxy is set, the header is ignored.
     */
    Optional<List<String>> trustedProxies();

    /** Configures how many invalid credentials an address may send. */
    interface FailedCredentials {
        /** The number of invalid credentials within the window; 0 means no limit. */
        @WithDefault("60")
        int limit();

        /** The length of the window, which begins with the first invalid credential. */
        @WithDefault("1m")
        Duration window();
    }

    /** Configures how many requests a credential may send. */
    interface ApiRateLimit {
        /** The number of requests within a window; unset means no limit. */
        OptionalInt limit();

        /**
         * The length of the fixed windows, in whole seconds. Each window begins at a multiple of this length since
         * 1970.
         */
        @WithDefault("1s")
        Duration window();

        /** The number of requests at the same time; unset means no limit. */
        OptionalInt concurrentLimit();
    }
}
