package dev.countersign.gate.source;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** Remembers when the database last answered, and tells whether it is away and whether the grace of its absence is over. */
public final class Contact {

    private static final long SILENCE_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final long graceNanos;
    private volatile long heard;

    /** Begins as if the database had answered just now: the silence of a database that is away at the start counts from here. */
    public Contact(Duration grace) {
        this.graceNanos = grace.toNanos();
        this.heard = System.nanoTime();
    }

    /**
     * Notes an answer.
     *
     * @param asked when the question was sent, by {@link System#nanoTime}
     */
    public synchronized void heard(long asked) {
        if (asked - heard > 0) {
            heard = asked;
        }
    }

    /** Whether the database has been silent for a second. */
    public boolean isAway(long now) {
        return now - heard > SILENCE_NANOS;
    }

    /** Whether the database has been silent for a second and the grace. */
    public boolean isOver(long now) {
        return now - heard > SILENCE_NANOS + graceNanos;
    }
}
