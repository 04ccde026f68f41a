package dev.countersign.web.filter;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.Optional;

/** What is expected of a client's connection. */
@ConfigMapping(prefix = "countersign")
public interface TransportConfig {

    /** How long a client may take to send a body; then its connection is closed. */
    @WithDefault("30s")
    Duration bodyTimeout();

    /**
     * How much memory the bodies of all requests may take together, such as {@code 24M}; unset, an eighth of the heap. A
     * body that finds no room is answered 503. Bodies up to 16 KiB are not counted.
     */
    Optional<MemorySize> bodyMemory();
}
