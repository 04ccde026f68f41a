package dev.countersign.ingest;

import dev.countersign.dsn.IngestHosts;
import dev.countersign.sqlstate.DatabaseStateLog;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.vertx.core.Vertx;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import org.jboss.logging.Logger;

/**
 * Warns if projects or organizations name an ingest host that the configuration does not have, and keeps their number
 * in a gauge. The DSNs of these projects name the host {@code default}. Counts the names some seconds after the start,
 * so that neither the start nor the first requests wait, and again until the database answers. The gauge {@code
 * countersign_ingest_unknown} keeps the number.
 */
@Singleton
public class UnknownIngests {

    private static final Logger LOG = Logger.getLogger(UnknownIngests.class);
    private static final long DELAY_MILLIS = 5_000;
    private static final long PAUSE_MILLIS = 10_000;

    private final Vertx vertx;
    private final IngestHosts hosts;
    private final UnknownIngestRepository ingests;
    private final DatabaseStateLog state;
    private volatile double unknown = Double.NaN;
    private volatile boolean stopped;

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
        countIn(DELAY_MILLIS);
    }

    void onStop(@Observes ShutdownEvent stopping) {
        stopped = true;
    }

    private void countIn(long millis) {
        vertx.setTimer(millis, timer -> {
            if (!stopped) {
                ingests.count(hosts.byName().keySet()).subscribe().with(this::counted, this::failed);
            }
        });
    }

    private void failed(Throwable failure) {
        if (!stopped) {
            state.failed(failure);
            countIn(PAUSE_MILLIS);
        }
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
