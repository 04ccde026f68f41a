package dev.countersign.gate.count;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Decides whether one window of a key's rate limit has room for another event: counts the events that this replica passes in
 * the window, and adds those of the other replicas. Event loops call {@link #pass}; the other changes are the writer's.
 */
final class LimitWindow {

    /** The length, in seconds. */
    final int seconds;

    /** When the window began, in milliseconds since 1970 by the clock of the database. */
    final long startMillis;

    private final long endMillis;
    private final AtomicLong passed = new AtomicLong();
    private volatile long others;

    /** How many of the passed events stand in statements that were sent, and in those that were acknowledged. One thread writes. */
    private volatile long sent;

    private volatile long acknowledged;

    private LimitWindow(long startMillis, int seconds) {
        this.seconds = seconds;
        this.startMillis = startMillis;
        this.endMillis = startMillis + TimeUnit.SECONDS.toMillis(seconds);
    }

    /** The window of some seconds that a moment is in. */
    static LimitWindow at(long millis, int seconds) {
        long length = TimeUnit.SECONDS.toMillis(seconds);
        return new LimitWindow(Math.floorDiv(millis, length) * length, seconds);
    }

    /** Whether the window still runs. A clock that is set back does not end it. */
    boolean runs(long millis) {
        return millis < endMillis;
    }

    /** Passes an event unless the limit is reached. Counts nothing if it is. */
    boolean pass(int limit) {
        while (true) {
            long before = passed.get();
            if (before + others >= limit) {
                return false;
            }
            if (passed.compareAndSet(before, before + 1)) {
                return true;
            }
        }
    }

    /** The whole seconds until the window ends, at least one. */
    int secondsLeft(long millis) {
        return (int) Math.max(1, (endMillis - millis + 999) / 1000);
    }

    /** The number of events to add to the database, which counts as sent from now on. */
    long send() {
        long all = passed.get();
        long unsent = all - sent;
        sent = all;
        return unsent;
    }

    /** Notes that the database added events, at a time when nobody told what all replicas have passed. */
    @SuppressWarnings("NonAtomicVolatileUpdate") // only the writer of the counts changes the field
    void acknowledged(long events) {
        acknowledged = acknowledged + events;
    }

    /** Notes that the database added events, and what all replicas have passed by now. */
    void acknowledged(long events, long total) {
        acknowledged(events);
        others = Math.max(0, total - acknowledged);
    }

    /** Notes what all replicas have passed, from a statement that added nothing. */
    void loaded(long total) {
        others = Math.max(others, total - sent);
    }
}
