package dev.countersign.ratelimit;

import jakarta.inject.Singleton;
import org.jspecify.annotations.Nullable;

/**
 * Chooses the rate limit of a new client key whose request names none: the default of the project, otherwise that of the
 * organization, otherwise that of the installation.
 */
@Singleton
public class DefaultRateLimits {

    private final @Nullable RateLimit ofInstallation;

    /** Reads the configuration. */
    public DefaultRateLimits(DefaultRateLimitConfig config) {
        this.ofInstallation = config.window().isPresent() && config.count().isPresent()
                ? new RateLimit(
                        (int) config.window().get().toSeconds(), config.count().getAsInt())
                : null;
    }

    /**
     * The rate limit of a new key, or null for no limit.
     *
     * @param stored the default that is stored with the project, otherwise with the organization, or null
     */
    public @Nullable RateLimit forNewKey(@Nullable RateLimit stored) {
        RateLimit nearest = stored == null ? ofInstallation : stored;
        return RateLimit.NONE.equals(nearest) ? null : nearest;
    }
}
