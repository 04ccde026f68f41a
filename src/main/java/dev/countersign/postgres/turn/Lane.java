package dev.countersign.postgres.turn;

import org.jspecify.annotations.Nullable;

/**
 * The way to the connections of a pool. As many are let through at once as the connections can serve; the others wait
 * here, where they can take turns, and where none of them needs a connection to learn that its lock is taken.
 */
final class Lane {

    /** More could not be served in time, and would only cost memory. */
    private static final int MAX_WAITING = 4096;

    private final Turns<Waiter<?>> waiting = new Turns<>();
    private int free;
    private boolean refuses;

    /**
     * A lane where nobody is.
     *
     * @param capacity how many are let through at once
     */
    Lane(int capacity) {
        this.free = capacity;
    }

    /** Lets somebody through where there is room. */
    synchronized boolean enter() {
        if (free == 0) {
            return false;
        }
        free--;
        refuses = false;
        return true;
    }

    /** Lets somebody through where there is room, or has it wait: always where others wait for what it finds out. */
    boolean enterOrWait(Waiter<?> waiter) {
        synchronized (this) {
            if (free > 0) {
                free--;
                refuses = false;
                return true;
            }
            if (waiting.size() < MAX_WAITING || waiter.isProbe()) {
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
    synchronized @Nullable Waiter<?> next() {
        Waiter<?> next = waiting.poll();
        if (next == null) {
            free++;
        }
        refuses = false;
        return next;
    }

    /** Somebody has waited in vain, or may not even wait. */
    synchronized void refuse() {
        refuses = true;
    }

    /** Whether somebody has waited in vain, and nobody was let through since. */
    synchronized boolean refuses() {
        return refuses;
    }
}
