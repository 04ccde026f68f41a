package dev.countersign.gate.count;

import dev.countersign.sqlstate.DatabaseFault;
import dev.countersign.sqlstate.DatabaseStateLog;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jboss.logging.Logger;

/**
 * Reports in metrics and in the log whether the statements succeed that add counts of events to the database, and how late the
 * stored counts are. The gauge {@code countersign_gate_flush_lag_seconds} is the age of the oldest counts that are not in the
 * database. The counter {@code countersign_gate_failed_flushes_total} is the number of attempts that failed; their counts are sent
 * again.
 */
@Singleton
public class FlushReport {

    private static final Logger LOG = Logger.getLogger(FlushReport.class);
    private static final double NANOS_A_SECOND = TimeUnit.SECONDS.toNanos(1);

    private final DatabaseStateLog state;
    private final MeterRegistry registry;
    private final AtomicLong failed = new AtomicLong();
    private volatile boolean waiting;
    private volatile long waitingSince;

    FlushReport(DatabaseStateLog state, MeterRegistry registry) {
        this.state = state;
        this.registry = registry;
    }

    /** Adds the metrics. Without a gate there are none. */
    void register() {
        registry.gauge("countersign.gate.flush.lag.seconds", this, FlushReport::lagSeconds);
        registry.more().counter("countersign.gate.failed.flushes", List.of(), failed);
    }

    /** Counts were taken, to be added to the database. */
    void began() {
        if (!waiting) {
            waitingSince = System.nanoTime();
            waiting = true;
        }
    }

    /** The database added all counts. */
    void stored() {
        waiting = false;
    }

    /** The database did not acknowledge the counts, which are sent again. */
    void failed(Throwable failure) {
        failed.incrementAndGet();
        log(failure);
    }

    /** The service stops before the database has acknowledged the counts. */
    void lost(Throwable failure) {
        LOG.warnf("The last counts of client keys are lost: %s", DatabaseFault.describe(failure));
    }

    private void log(Throwable failure) {
        if (DatabaseFault.isUnavailable(failure)) {
            state.failed(failure);
        } else {
            LOG.warnf("Could not add the counts of client keys: %s", DatabaseFault.describe(failure));
        }
    }

    private double lagSeconds() {
        return waiting ? (System.nanoTime() - waitingSince) / NANOS_A_SECOND : 0;
    }
}
