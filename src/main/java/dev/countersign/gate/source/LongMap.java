package dev.countersign.gate.source;

import io.netty.util.collection.LongObjectHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Maps ids, as plain {@code long} values, to objects, without an object for each id. Netty's map puts consecutive ids side by
 * side, and then looks at all of them to remove one; so the ids are spread first.
 *
 * @param <V> the values
 */
public final class LongMap<V> {

    /** An odd number near 2^64 divided by the golden ratio: multiplied with it, different ids stay different. */
    private static final long SPREAD = 0x9E3779B97F4A7C15L;

    private final LongObjectHashMap<V> values = new LongObjectHashMap<>();

    /** The value of an id. */
    public @Nullable V get(long id) {
        return values.get(id * SPREAD);
    }

    /** Puts a value, and answers the former one. */
    public @Nullable V put(long id, V value) {
        return values.put(id * SPREAD, value);
    }

    /** Removes an id. */
    public void remove(long id) {
        values.remove(id * SPREAD);
    }

    /** The number of ids. */
    public int size() {
        return values.size();
    }
}
