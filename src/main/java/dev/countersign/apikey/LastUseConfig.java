package dev.countersign.apikey;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How exactly the last use of API keys is known. */
@ConfigMapping(prefix = "countersign.last-use")
public interface LastUseConfig {

    /** How long uses are gathered before they are written, at most: the shorter, the more writes. */
    @WithDefault("1m")
    Duration interval();
}
