package dev.countersign.gate.source;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Remembers for {@value #MILLIS} ms which texts, such as public keys, the database does not have, so that it is not asked
 * again; at most twice {@value #MAX_EACH} texts. Any thread may ask; one event loop adds.
 */
public final class RecentMisses {

    private static final int MILLIS = 700;
    private static final long NANOS = TimeUnit.MILLISECONDS.toNanos(MILLIS);
    private static final int MAX_EACH = 8192;

    private volatile ConcurrentMap<String, Long> young = new ConcurrentHashMap<>();
    private volatile ConcurrentMap<String, Long> old = new ConcurrentHashMap<>();
    private long youngSince;
    private int youngSize;

    /** Whether the database did not know a text a moment ago. */
    public boolean contains(String text, long now) {
        return isRecent(young.get(text), now) || isRecent(old.get(text), now);
    }

    /**
     * Adds a text, unless there are too many.
     *
     * @param asked when the database was asked, by {@link System#nanoTime}
     */
    public void add(String text, long asked) {
        if (youngSize < MAX_EACH) {
            youngSize++;
            young.put(text, asked);
        }
    }

    /** Forgets what is over; called every now and then. */
    public void forget(long now) {
        if (now - youngSince > NANOS) {
            youngSince = now;
            youngSize = 0;
            if (!young.isEmpty() || !old.isEmpty()) {
                old = young;
                young = new ConcurrentHashMap<>();
            }
        }
    }

    private static boolean isRecent(@Nullable Long asked, long now) {
        return asked != null && now - asked < NANOS;
    }
}
