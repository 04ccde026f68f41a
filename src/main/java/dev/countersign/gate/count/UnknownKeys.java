package dev.countersign.gate.count;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** Counts in memory the events whose public key belongs to no client key, for a bounded number of such public keys. */
final class UnknownKeys {

    /** The most public keys that are looked up among removed keys in an interval. */
    static final int MAX_KEYS = 10_000;

    private final ConcurrentMap<UnknownKey, AtomicLong> counts = new ConcurrentHashMap<>();
    private final AtomicInteger size = new AtomicInteger();

    /** Counts an event, unless there are too many other keys. */
    void add(UnknownKey key) {
        AtomicLong count = counts.get(key);
        if (count == null) {
            if (size.incrementAndGet() > MAX_KEYS) {
                size.decrementAndGet();
                return;
            }
            AtomicLong fresh = new AtomicLong();
            count = counts.putIfAbsent(key, fresh);
            if (count == null) {
                count = fresh;
            } else {
                size.decrementAndGet();
            }
        }
        count.incrementAndGet();
    }

    /** Takes all counts away. An event that comes at the same moment may be lost. */
    List<Counted> take() {
        List<Counted> taken = new ArrayList<>();
        for (UnknownKey key : counts.keySet()) {
            AtomicLong count = counts.remove(key);
            if (count != null) {
                size.decrementAndGet();
                taken.add(new Counted(key, count.get()));
            }
        }
        return taken;
    }

    /**
     * Names a public key that no client key has, as one asker knows it.
     *
     * @param organizationId the only organization whose removed keys the asker may know of; {@value #EVERY_ORGANIZATION} for all
     */
    record UnknownKey(String publicKey, long organizationId) {

        static final long EVERY_ORGANIZATION = 0;
    }

    /** Holds how many events came with a public key. */
    record Counted(UnknownKey key, long events) {}
}
