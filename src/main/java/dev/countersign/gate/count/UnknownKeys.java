package dev.countersign.gate.count;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** Counts in memory the events whose public key belongs to no client key, for a bounded number of such public keys. */
final class UnknownKeys {

    /** The most public keys that are looked up among removed keys in an interval. */
    static final int MAX_KEYS = 10_000;

    private final ConcurrentMap<String, AtomicLong> counts = new ConcurrentHashMap<>();
    private final AtomicInteger size = new AtomicInteger();

    /** Counts an event, unless there are too many other keys. */
    void add(String publicKey, long events) {
        AtomicLong count = counts.get(publicKey);
        if (count == null) {
            if (size.incrementAndGet() > MAX_KEYS) {
                size.decrementAndGet();
                return;
            }
            AtomicLong fresh = new AtomicLong();
            count = counts.putIfAbsent(publicKey, fresh);
            if (count == null) {
                count = fresh;
            } else {
                size.decrementAndGet();
            }
        }
        count.addAndGet(events);
    }

    /** Takes all counts away. An event that comes at the same moment may be lost. */
    Map<String, Long> take() {
        Map<String, Long> taken = new TreeMap<>();
        for (String key : counts.keySet()) {
            AtomicLong count = counts.remove(key);
            if (count != null) {
                size.decrementAndGet();
                taken.put(key, count.get());
            }
        }
        return taken;
    }
}
