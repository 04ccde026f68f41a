package dev.countersign.postgres.turn;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Those who wait for locks, a queue for each that is known to be taken. */
final class LockWaiters {

    private final Map<Wanted, Deque<Waiter<?>>> queues = new ConcurrentHashMap<>();

    boolean isEmpty() {
        return queues.isEmpty();
    }

    /** Whether the lock is known to be taken. */
    boolean isLocked(Wanted wanted) {
        return queues.containsKey(wanted);
    }

    /** How many wait, also in vain by now. */
    synchronized int size() {
        return queues.values().stream().mapToInt(Deque::size).sum();
    }

    /** Has somebody wait; whether it is the first to know of the lock. */
    synchronized boolean add(Waiter<?> waiter) {
        boolean first = !isLocked(waiter.wanted());
        queues.computeIfAbsent(waiter.wanted(), wanted -> new ArrayDeque<>()).add(waiter);
        return first;
    }

    /** The first that waits still; with the last one its queue goes. */
    synchronized @Nullable Waiter<?> firstWaiting(Wanted wanted) {
        Deque<Waiter<?>> queue = queues.getOrDefault(wanted, new ArrayDeque<>());
        queue.removeIf(Waiter::isOver);
        if (queue.isEmpty()) {
            queues.remove(wanted);
        }
        return queue.peek();
    }

    /** Takes out all that wait still. */
    synchronized List<Waiter<?>> removeAll(Wanted wanted) {
        Deque<Waiter<?>> all = queues.remove(wanted);
        if (all == null) {
            return List.of();
        }
        all.removeIf(Waiter::isOver);
        return List.copyOf(all);
    }
}
