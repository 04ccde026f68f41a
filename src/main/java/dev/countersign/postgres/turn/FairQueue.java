package dev.countersign.postgres.turn;

import java.util.ArrayDeque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/**
 * Queues work that waits for a database connection: kinds of work take turns, and within a kind, the rows that the work
 * wants take turns. Any number of waiters for one row
 * count as one in a round, so they cannot delay waiters for other rows.
 */
final class FairQueue<T> {

    private final Map<String, Map<Object, Queue<T>>> kinds = new LinkedHashMap<>();
    private int size;

    /** The number of waiters. */
    int size() {
        return size;
    }

    void add(WantedRow wanted, T waiter) {
        kinds.computeIfAbsent(wanted.kind(), kind -> new LinkedHashMap<>())
                .computeIfAbsent(wanted.which(), which -> new ArrayDeque<>())
                .add(waiter);
        size++;
    }

    /** Removes and returns the next waiter, or null. The rest of its row and of its kind moves to the end. */
    @Nullable
    T poll() {
        if (size == 0) {
            return null;
        }
        size--;
        var kind = takeFirst(kinds);
        var row = takeFirst(kind.getValue());
        T next = row.getValue().remove();
        if (!row.getValue().isEmpty()) {
            kind.getValue().put(row.getKey(), row.getValue());
        }
        if (!kind.getValue().isEmpty()) {
            kinds.put(kind.getKey(), kind.getValue());
        }
        return next;
    }

    private static <K, V> Map.Entry<K, V> takeFirst(Map<K, V> map) {
        var entries = map.entrySet().iterator();
        Map.Entry<K, V> first = Map.Entry.copyOf(entries.next());
        entries.remove();
        return first;
    }
}
