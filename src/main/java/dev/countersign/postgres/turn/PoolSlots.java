package dev.countersign.postgres.turn;

import org.jspecify.annotations.Nullable;

/**
 * Limits how much work uses a pool of database connections at once, and queues the rest. Each unit of work takes one
 * slot. The queue is fair, and queued work needs no connection to learn that its lock is taken.
 */
final class PoolSlots {

    private final FairQueue<Waiter<?>> waiting = new FairQueue<>();
    private int free;
    private boolean refused;

    /**
     * Makes slots that are all free.
     *
     * @param capacity the number of slots
     */
    PoolSlots(int capacity) {
        this.free = capacity;
    }

    /** Takes a slot; false if none is free. */
    synchronized boolean tryTake() {
        if (free == 0) {
            return false;
        }
        free--;
        refused = false;
        return true;
    }

    /**
     * Takes a slot and returns true, or queues the waiter and returns false. Refuses the waiter if the queue is full.
     * Always queues a probe, because other waiters depend on its result.
     */
    boolean takeOrQueue(Waiter<?> waiter) {
        synchronized (this) {
            if (free > 0) {
                free--;
                refused = false;
                return true;
            }
            if (waiting.size() < LockQueues.MAX_WAITERS || waiter.isProbe()) {
                waiting.add(waiter.wanted(), waiter);
                return false;
            }
        }
        waiter.refuse();
        return false;
    }

    /** The length of the queue, including waiters whose time is over. */
    synchronized int waiting() {
        return waiting.size();
    }

    /**
     * Gives a slot back: passes the slot to the next waiter and returns this waiter, or frees the slot and returns
     * null.
     */
    synchronized @Nullable Waiter<?> release() {
        Waiter<?> next = waiting.poll();
        if (next == null) {
            free++;
        }
        refused = false;
        return next;
    }

    /** Notes that a waiter ran out of time or found the queue full. */
    synchronized void markRefused() {
        refused = true;
    }

    /** Whether a waiter was refused and no work has taken a slot since. */
    synchronized boolean hasRefused() {
        return refused;
    }
}
