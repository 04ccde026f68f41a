package dev.countersign.gate.known;

import jakarta.inject.Singleton;
import java.util.concurrent.TimeUnit;

/**
 * Tells the present time by the clock of the database, without asking it: by the clock of the process, corrected by what
 * earlier answers of the database show. Limits, expiry and usage go by this clock, so that all replicas agree.
 */
@Singleton
public class DatabaseClock {

    /** How long the best measurement counts: two clocks drift apart, and a failover leads to another one. */
    private static final long MEASUREMENT_NANOS = TimeUnit.SECONDS.toNanos(10);

    /** What to add to {@link System#nanoTime} to get the time of the database, in nanoseconds since 1970. */
    private volatile long offsetNanos = TimeUnit.MILLISECONDS.toNanos(System.currentTimeMillis()) - System.nanoTime();

    private long bestNanos = Long.MAX_VALUE;
    private long measuredAt;

    /** The time of the database, in milliseconds since 1970. */
    public long millis() {
        return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() + offsetNanos);
    }

    /** The time of the database at a moment of {@link System#nanoTime}, in seconds since 1970. */
    long second(long nanoTime) {
        return TimeUnit.NANOSECONDS.toSeconds(nanoTime + offsetNanos);
    }

    /**
     * Corrects the clock by an answer of the database. The database read its clock at some moment between the question and
     * its answer, so that the answer that came fastest is the most exact.
     *
     * @param asked when the question was sent, by {@link System#nanoTime}
     * @param answered when the answer came
     * @param databaseMicros the clock of the database in the answer, in microseconds since 1970
     */
    public synchronized void measured(long asked, long answered, long databaseMicros) {
        long took = answered - asked;
        if (took <= bestNanos || answered - measuredAt > MEASUREMENT_NANOS) {
            bestNanos = took;
            measuredAt = answered;
            offsetNanos = TimeUnit.MICROSECONDS.toNanos(databaseMicros) - (asked + took / 2);
        }
    }
}
