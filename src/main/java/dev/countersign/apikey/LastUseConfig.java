package dev.countersign.apikey;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** Configures how often the service stores the times at which API keys were last used. */
@ConfigMapping(prefix = "countersign.last-use")
public interface LastUseConfig {

    /** The longest time that uses are collected before they are written. A shorter time means more writes. */
    @WithDefault("1m")
    Duration interval();
}
