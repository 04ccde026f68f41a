package dev.countersign.apikey;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** The setting that says how often the last use of API keys is written. */
@ConfigMapping(prefix = "countersign.last-use")
public interface LastUseConfig {

    /** The longest time that uses are collected before they are written. A shorter time means more writes. */
    @WithDefault("1m")
    Duration interval();
}
