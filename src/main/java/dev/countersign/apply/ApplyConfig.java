package dev.countersign.apply;

import dev.countersign.apply.plan.ApplyPolicy;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import io.smallrye.config.WithName;
import java.time.Duration;
import java.util.Optional;

/** Configures which documents the service itself applies, how often, and under which owner. */
@ConfigMapping(prefix = "countersign")
public interface ApplyConfig {

    /** The file or directory of the documents. Without an interval the program applies them and exits. */
    Optional<String> apply();

    /** How often one replica applies the documents anew; without it the service does not. */
    @WithName("apply.interval")
    Optional<Duration> interval();

    /** The owner of what is made. */
    @WithName("apply.owner")
    @WithDefault(ApplyPolicy.DEFAULT_OWNER)
    String owner();
}
