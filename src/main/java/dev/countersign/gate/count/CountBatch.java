package dev.countersign.gate.count;

import io.vertx.sqlclient.Tuple;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * Holds the counts of events, by key, that one SQL statement adds to the database. Keys that had no event are left out. The
 * statement may be sent again: the database adds a batch once, by its replica and number.
 *
 * @param replica names the replica that counted
 * @param number the number of the batch, greater than those of the replica's earlier batches
 * @param keys the counts of each key, in the order of the keys' ids, which all replicas follow so that none waits for another
 *     that waits for it
 * @param unknown the events of public keys that no key has
 * @param millis when the counts were taken, by the clock of the database
 */
record CountBatch(UUID replica, long number, List<OfKey> keys, List<UnknownKeys.Counted> unknown, long millis) {

    /**
     * Holds the counts of the events of one key.
     *
     * @param seenMillis when the last of the events came, by the clock of the database; a batch that is sent again keeps the time
     * @param window the window that the events of {@code windowEvents} count in, or null if there are none to share with others
     */
    record OfKey(
            KeyCounter counter,
            long seenMillis,
            long accepted,
            long limited,
            long rejected,
            long refused,
            @Nullable LimitWindow window,
            long windowEvents) {

        /** Whether there is anything to add. */
        boolean isEmpty() {
            return accepted == 0 && limited == 0 && rejected == 0 && refused == 0 && windowEvents == 0;
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
        parameters.addArrayOfLong(longs(keys, OfKey::seenMillis));
        parameters.addArrayOfLong(longs(keys, OfKey::accepted));
        parameters.addArrayOfLong(longs(keys, OfKey::limited));
        parameters.addArrayOfLong(longs(keys, OfKey::rejected));
        parameters.addArrayOfLong(longs(keys, OfKey::refused));
        parameters.addArrayOfLong(longs(limits, key -> key.counter.keyId));
        parameters.addArrayOfLong(longs(limits, key -> window(key).startMillis));
        parameters.addArrayOfLong(longs(limits, key -> window(key).seconds));
        parameters.addArrayOfLong(longs(limits, OfKey::windowEvents));
        parameters.addArrayOfString(
                unknown.stream().map(counted -> counted.key().publicKey()).toArray(String[]::new));
        parameters.addArrayOfLong(longs(unknown, counted -> counted.key().organizationId()));
        parameters.addArrayOfLong(longs(unknown, UnknownKeys.Counted::events));
        return parameters.addLong(millis).addUUID(replica).addLong(number);
    }

    /**
     * Notes that the database added the events, now or when it was sent the same batch before.
     *
     * @param totals what all replicas passed in the running window of each key that has shared events here; of a batch that
     *     was added before there are none
     */
    void acknowledged(List<WindowTotal> totals) {
        Map<Long, WindowTotal> byKey = new HashMap<>();
        totals.forEach(total -> byKey.put(total.keyId(), total));
        for (OfKey key : keys) {
            if (key.windowEvents > 0) {
                LimitWindow window = window(key);
                WindowTotal total = byKey.get(key.counter.keyId);
                if (total != null && total.startMillis() == window.startMillis) {
                    window.acknowledged(key.windowEvents, total.total());
                } else {
                    window.acknowledged(key.windowEvents);
                }
            }
        }
    }

    private static LimitWindow window(OfKey key) {
        if (key.window == null) {
            throw new IllegalStateException("no window");
        }
        return key.window;
    }

    private static <T> Long[] longs(List<T> rows, ToLongFunction<T> value) {
        Long[] values = new Long[rows.size()];
        Arrays.setAll(values, i -> value.applyAsLong(rows.get(i)));
        return values;
    }
}
