package dev.countersign.postgres.turn;

import org.jspecify.annotations.Nullable;

/**
 * The way to the connections of a pool. As many are let through at once as the connections can serve; the others wait
 * here, where they can take turns, and where none of them needs a connection to learn that its lock is taken.
 */
final class PoolSlots {

    /** More could not be served in time, and would only cost memory. */
    private static final int MAX_WAITERS = 4096;

    private final FairQueue<Waiter<?>> waiting = new FairQueue<>();
    private int free;
    private boolean refused;

    /**
     * Slots that are all free.
     *
     * @param capacity how many are let through at once
     */
    PoolSlots(int capacity) {
        this.free = capacity;
    }

    /** Lets somebody through where there is room. */
    synchronized boolean tryTake() {
        if (free == 0) {
            return false;
        }
        free--;
        refused = false;
        return true;
    }

    /** Lets somebody through where there is room, or has it wait: always where others wait for what it finds out. */
    boolean takeOrQueue(Waiter<?> waiter) {
        synchronized (this) {
            if (free > 0) {
                free--;
                refused = false;
                return true;
            }
            if (waiting.size() < MAX_WAITERS || waiter.isProbe()) {
                waiting.add(waiter.wanted(), waiter);
                return false;
            }
        }
        waiter.refuse();
        return false;
    }

    /** How many wait, also in vain by now. */
    synchronized int waiting() {
        return waiting.size();
    }

    /** Whoever is let through in place of somebody who has left, or null: then there is room for one more. */
    synchronized @Nullable Waiter<?> release() {
        Waiter<?> next = waiting.poll();
        if (next == null) {
            free++;
        }
        refused = false;
        return next;
    }

    /** Somebody has waited in vain, or may not even wait. */
    synchronized void markRefused() {
        refused = true;
    }

    /** Whether somebody has waited in vain, and nobody was let through since. */
    synchronized boolean hasRefused() {
        return refused;
    }
}
