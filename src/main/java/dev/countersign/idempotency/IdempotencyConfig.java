package dev.countersign.idempotency;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** Configures how long the service remembers each {@code Idempotency-Key}. */
@ConfigMapping(prefix = "countersign.idempotency")
public interface IdempotencyConfig {

    /** How long a key stands for the object that was created under it. A longer time means more rows. */
    @WithDefault("24h")
    Duration retention();
}
