package dev.countersign.web.filter;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.Optional;

/** Configures the limits of request bodies, in time and memory. */
@ConfigMapping(prefix = "countersign")
public interface TransportConfig {

    /** How long a client may take to send a body. The service then closes the connection. */
    @WithDefault("30s")
    Duration bodyTimeout();

    /**
     * The greatest memory of all request bodies together, such as {@code 24M}; an eighth of the heap if unset. The service
     * answers 503 to a body that exceeds the limit, and does not count bodies up to 16 KiB.
     */
    Optional<MemorySize> bodyMemory();
}
