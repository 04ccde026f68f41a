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
 * database. The counter {@code countersign_gate_lost_flushes_total} is the number of statements that were sent and never
 * answered.
 */
@Singleton
public class FlushReport {

    private static final Logger LOG = Logger.getLogger(FlushReport.class);
    private static final double NANOS_A_SECOND = TimeUnit.SECONDS.toNanos(1);

    private final DatabaseStateLog state;
    private final MeterRegistry registry;
    private final AtomicLong lost = new AtomicLong();
    private volatile boolean waiting;
    private volatile long waitingSince;

    FlushReport(DatabaseStateLog state, MeterRegistry registry) {
        this.state = state;
        this.registry = registry;
    }

    /** Adds the metrics. Without a gate there are none. */
    void register() {
        registry.gauge("countersign.gate.flush.lag.seconds", this, FlushReport::lagSeconds);
        registry.more().counter("countersign.gate.lost.flushes", List.of(), lost);
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

    /** The database added no counts, which are kept. */
    void refused(Throwable failure) {
        log(failure);
    }

    /** Nobody knows whether the database added the counts, which are dropped. */
    void lost(Throwable failure) {
        waiting = false;
        lost.incrementAndGet();
        log(failure);
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
