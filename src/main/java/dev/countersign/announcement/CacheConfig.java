package dev.countersign.announcement;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** How much is kept in memory. */
@ConfigMapping(prefix = "countersign.cache")
public interface CacheConfig {

    /**
     * The greatest number of credentials, and of projects, that a replica keeps; some 500 bytes each. More saves
     * statements, less saves memory. 0 keeps nothing, and opens no connection to listen on.
     */
    @WithDefault("10000")
    int entries();
}
