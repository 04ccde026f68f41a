package dev.countersign.postgres.turn;

import java.util.ArrayDeque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/**
 * A queue that is fair to those who want little: kinds take turns, and rows in a kind. However many want one row, they are
 * one in the round.
 */
final class FairQueue<T> {

    private final Map<String, Map<Object, Queue<T>>> kinds = new LinkedHashMap<>();
    private int size;

    /** How many are in the queue. */
    int size() {
        return size;
    }

    void add(Wanted wanted, T waiter) {
        kinds.computeIfAbsent(wanted.kind(), kind -> new LinkedHashMap<>())
                .computeIfAbsent(wanted.which(), which -> new ArrayDeque<>())
                .add(waiter);
        size++;
    }

    /** Takes the next one out; null where nobody is in the queue. Whatever else its kind and its row have goes to the end. */
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
