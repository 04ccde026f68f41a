package dev.countersign.gate.count;

import io.vertx.sqlclient.Tuple;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * Holds the counts of events, by key, that one SQL statement adds to the database. Keys that had no event are left out.
 *
 * @param keys the counts of each key, in the order of the keys' ids, which all replicas follow so that none waits for another
 *     that waits for it
 * @param unknown the events of public keys that no key has, by public key
 * @param millis when the counts were taken, by the clock of the database
 */
record CountBatch(List<OfKey> keys, Map<String, Long> unknown, long millis) {

    /**
     * Holds the counts of the events of one key.
     *
     * @param window the window that the events of {@code windowEvents} count in, or null if there are none to share with others
     */
    record OfKey(
            KeyCounter counter,
            long accepted,
            long limited,
            long rejected,
            @Nullable LimitWindow window,
            long windowEvents) {

        /** Whether there is anything to add. */
        boolean isEmpty() {
            return accepted == 0 && limited == 0 && rejected == 0 && windowEvents == 0;
        }
    }

    /** Whether there is nothing to add. */
    boolean isEmpty() {
        return keys.isEmpty() && unknown.isEmpty();
    }

    /** The parameters of the statement that adds the events: an array for each column. */
    Tuple parameters() {
        List<OfKey> limits = keys.stream().filter(key -> key.windowEvents > 0).toList();
        Tuple parameters = Tuple.tuple();
        parameters.addArrayOfLong(longs(keys, key -> key.counter.keyId));
        parameters.addArrayOfLong(longs(keys, key -> key.counter.organizationId));
        parameters.addArrayOfLong(longs(keys, key -> key.counter.seenMillis()));
        parameters.addArrayOfLong(longs(keys, OfKey::accepted));
        parameters.addArrayOfLong(longs(keys, OfKey::limited));
        parameters.addArrayOfLong(longs(keys, OfKey::rejected));
        parameters.addArrayOfLong(longs(limits, key -> key.counter.keyId));
        parameters.addArrayOfLong(longs(limits, key -> window(key).startMillis));
        parameters.addArrayOfLong(longs(limits, key -> window(key).seconds));
        parameters.addArrayOfLong(longs(limits, OfKey::windowEvents));
        parameters.addArrayOfString(unknown.keySet().toArray(new String[0]));
        parameters.addArrayOfLong(unknown.values().toArray(new Long[0]));
        return parameters.addLong(millis);
    }

    /**
     * Notes that the database added the events.
     *
     * @param totals what all replicas passed in the running window of each key that has shared events here
     */
    void acknowledged(List<WindowTotal> totals) {
        Map<Long, WindowTotal> byKey = new HashMap<>();
        totals.forEach(total -> byKey.put(total.keyId(), total));
        for (OfKey key : keys) {
            WindowTotal total = key.windowEvents > 0 ? byKey.get(key.counter.keyId) : null;
            if (total != null && total.startMillis() == window(key).startMillis) {
                window(key).acknowledged(key.windowEvents, total.total());
            }
        }
    }

    /** Counts the events again, because the database certainly did not add them. */
    void giveBack(UnknownKeys unknownKeys) {
        for (OfKey key : keys) {
            key.counter.giveBack(KeyCounter.ACCEPTED, key.accepted);
            key.counter.giveBack(KeyCounter.LIMITED, key.limited);
            key.counter.giveBack(KeyCounter.REJECTED, key.rejected);
            if (key.window != null) {
                key.window.refused(key.windowEvents);
            }
        }
        unknown.forEach(unknownKeys::add);
    }

    private static LimitWindow window(OfKey key) {
        if (key.window == null) {
            throw new IllegalStateException("no window");
        }
        return key.window;
    }

    private static Long[] longs(List<OfKey> keys, ToLongFunction<OfKey> value) {
        Long[] values = new Long[keys.size()];
        Arrays.setAll(values, i -> value.applyAsLong(keys.get(i)));
        return values;
    }
}
