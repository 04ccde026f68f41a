package dev.countersign.http;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** What is expected of a client's connection. */
@ConfigMapping(prefix = "countersign")
public interface TransportConfig {

    /** How long a client may take to send a body; then its connection is closed. */
    @WithDefault("30s")
    Duration bodyTimeout();
}
