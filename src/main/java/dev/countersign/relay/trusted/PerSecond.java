package dev.countersign.relay.trusted;

import java.util.concurrent.TimeUnit;

/** Counts what may happen only so often in a second. */
public final class PerSecond {

    private final int limit;
    private long second;
    private int taken;

    /** @param limit how often in each second */
    public PerSecond(int limit) {
        this.limit = limit;
    }

    /** Whether it may happen once more in this second; counts it if so. */
    public boolean take() {
        return take(TimeUnit.NANOSECONDS.toSeconds(System.nanoTime()));
    }

    synchronized boolean take(long now) {
        if (now != second) {
            second = now;
            taken = 0;
        }
        if (taken == limit) {
            return false;
        }
        taken++;
        return true;
    }
}
