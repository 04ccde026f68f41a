package dev.countersign.postgres.turn;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Keeps the work that waits for locks, in one queue for each lock that is known to be taken. */
final class LockWaiters {

    private final Map<WantedRow, Deque<Waiter<?>>> queues = new ConcurrentHashMap<>();

    boolean isEmpty() {
        return queues.isEmpty();
    }

    /** Whether the lock is known to be taken. */
    boolean isLocked(WantedRow wanted) {
        return queues.containsKey(wanted);
    }

    /** The number of waiters, including waiters whose time is over. */
    synchronized int size() {
        return queues.values().stream().mapToInt(Deque::size).sum();
    }

    /** Adds a waiter; true if the lock was not known to be taken before. */
    synchronized boolean add(Waiter<?> waiter) {
        boolean first = !isLocked(waiter.wanted());
        queues.computeIfAbsent(waiter.wanted(), wanted -> new ArrayDeque<>()).add(waiter);
        return first;
    }

    /** The first waiter that still has time, or null. Removes an empty queue. */
    synchronized @Nullable Waiter<?> firstWaiting(WantedRow wanted) {
        Deque<Waiter<?>> queue = queues.getOrDefault(wanted, new ArrayDeque<>());
        queue.removeIf(Waiter::isOver);
        if (queue.isEmpty()) {
            queues.remove(wanted);
        }
        return queue.peek();
    }

    /** Removes the queue of a lock, and returns the waiters that still have time. */
    synchronized List<Waiter<?>> removeAll(WantedRow wanted) {
        Deque<Waiter<?>> all = queues.remove(wanted);
        if (all == null) {
            return List.of();
        }
        all.removeIf(Waiter::isOver);
        return List.copyOf(all);
    }
}
