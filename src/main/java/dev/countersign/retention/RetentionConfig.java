package dev.countersign.retention;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/**
 * Configures how long the service keeps old rows before it removes them itself: counts of events, and records of removed keys.
 */
@ConfigMapping(prefix = "countersign.retention")
public interface RetentionConfig {

    /** How often each replica looks for rows that are past their time. */
    @WithDefault("1h")
    Duration interval();

    /** How long removed client keys and API keys are remembered. */
    @WithDefault("400d")
    Duration removedKeys();

    /** How long the counts of an hour are kept. Then they move to their day. */
    @WithDefault("30d")
    Duration usageHours();

    /** How long the counts of a day are kept. */
    @WithDefault("400d")
    Duration usageDays();
}
