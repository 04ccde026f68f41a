package dev.countersign.announcement;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** Configures how many credentials and projects a replica caches. */
@ConfigMapping(prefix = "countersign.cache")
public interface CacheConfig {

    /**
     * The most credentials, and the most projects, that a replica caches; about 500 bytes each. A larger value saves
     * statements, a smaller value saves memory. 0 caches nothing and opens no connection for announcements.
     */
    @WithDefault("10000")
    int entries();
}
