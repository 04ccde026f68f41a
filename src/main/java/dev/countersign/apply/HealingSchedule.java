package dev.countersign.apply;

import dev.countersign.dsn.IngestHosts;
import dev.countersign.postgres.connection.DatabaseConfig;
import dev.countersign.ratelimit.DefaultRateLimits;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Runs {@link Healing} at intervals on a thread of its own, where the configuration asks for it. The gauge
 * {@code countersign_apply_held_back} counts what the last run left as it is, and {@code countersign_apply_age_seconds} tells
 * how long ago a run ended well.
 */
@Singleton
public class HealingSchedule {

    private static final Logger LOG = Logger.getLogger(HealingSchedule.class);

    private static final String HELD_BACK = "countersign.apply.held.back";
    private static final String AGE = "countersign.apply.age.seconds";

    private final ApplyConfig config;
    private final DatabaseConfig database;
    private final IngestHosts hosts;
    private final DefaultRateLimits defaults;
    private final MeterRegistry metrics;
    private @Nullable ScheduledExecutorService thread;
    private @Nullable Healing healing;

    HealingSchedule(
            ApplyConfig config,
            DatabaseConfig database,
            IngestHosts hosts,
            DefaultRateLimits defaults,
            MeterRegistry metrics) {
        this.config = config;
        this.database = database;
        this.hosts = hosts;
        this.defaults = defaults;
        this.metrics = metrics;
    }

    void onStart(@Observes StartupEvent started) {
        if (config.apply().isPresent() && config.interval().isPresent()) {
            String path = config.apply().get();
            long millis = config.interval().get().toMillis();
            Healing work = new Healing(config, database.connection(), hosts, defaults);
            metrics.gauge(HELD_BACK, work, Healing::heldBack);
            metrics.gauge(AGE, work, Healing::secondsSinceGoodRun);
            ScheduledExecutorService own = Executors.newSingleThreadScheduledExecutor(HealingSchedule::thread);
            var unused = own.scheduleWithFixedDelay(() -> work.run(path), 0, millis, TimeUnit.MILLISECONDS);
            thread = own;
            healing = work;
        } else if (config.apply().isPresent()) {
            LOG.warn("countersign.apply is set without countersign.apply.interval: the service applies no documents");
        }
    }

    void onStop(@Observes ShutdownEvent stopping) {
        if (thread != null && healing != null) {
            thread.shutdownNow();
            healing.close();
        }
    }

    private static Thread thread(Runnable task) {
        Thread thread = new Thread(task, "apply");
        thread.setDaemon(true);
        return thread;
    }
}
