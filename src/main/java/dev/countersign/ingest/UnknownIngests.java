package dev.countersign.ingest;

import dev.countersign.dsn.IngestHosts;
import dev.countersign.sqlstate.DatabaseStateLog;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.subscription.Cancellable;
import io.vertx.core.Vertx;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Duration;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Warns once of stored names of ingest hosts that the configuration lost: the DSNs of these projects name the host {@code
 * default}. Counts the names some seconds after the start, so that neither the start nor the first requests wait, and again
 * until the database answers. The gauge {@code countersign_ingest_unknown} keeps the number.
 */
@Singleton
public class UnknownIngests {

    private static final Logger LOG = Logger.getLogger(UnknownIngests.class);
    private static final long DELAY_MILLIS = 5_000;
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(1);

    private final Vertx vertx;
    private final IngestHosts hosts;
    private final UnknownIngestRepository ingests;
    private final DatabaseStateLog state;
    private volatile double unknown = Double.NaN;
    private volatile @Nullable Cancellable count;

    UnknownIngests(
            Vertx vertx,
            IngestHosts hosts,
            UnknownIngestRepository ingests,
            DatabaseStateLog state,
            MeterRegistry metrics) {
        this.vertx = vertx;
        this.hosts = hosts;
        this.ingests = ingests;
        this.state = state;
        metrics.gauge("countersign.ingest.unknown", this, counted -> counted.unknown);
    }

    void onStart(@Observes StartupEvent started) {
        long timer = vertx.setTimer(DELAY_MILLIS, any -> count());
        count = () -> vertx.cancelTimer(timer);
    }

    void onStop(@Observes ShutdownEvent stopping) {
        Cancellable current = count;
        if (current != null) {
            current.cancel();
        }
    }

    private void count() {
        count = ingests.count(hosts.byName().keySet())
                .ifNoItem()
                .after(PATIENCE)
                .fail()
                .onFailure()
                .invoke(state::failed)
                .onFailure()
                .retry()
                .withBackOff(FIRST_PAUSE, LONGEST_PAUSE)
                .indefinitely()
                .subscribe()
                .with(this::counted, failure -> LOG.error("The unknown ingest hosts could not be counted", failure));
    }

    private void counted(long number) {
        unknown = number;
        if (number > 0) {
            LOG.warnf(
                    "%d projects and organizations name an ingest host that the configuration does not have: their DSNs name"
                            + " the host default. The setting is countersign.ingest.named.<name>.endpoint",
                    number);
        }
    }
}
