package dev.countersign.console;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** Configures the console, a page for people at {@code /console/}. */
@ConfigMapping(prefix = "countersign.console")
public interface ConsoleConfig {

    /** Whether the console is served. Everything that it can do is in the API, with the same credentials. */
    @WithDefault("false")
    boolean enabled();

    /** The time without a key or a pointer after which the page forgets the credential, in whole seconds. */
    @WithDefault("30m")
    Duration idleTimeout();
}
