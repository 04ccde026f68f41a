package dev.countersign.gate.count;

import dev.countersign.credential.Reach;
import dev.countersign.gate.count.UnknownKeys.UnknownKey;
import dev.countersign.gate.known.DatabaseClock;
import dev.countersign.gate.known.GateConfig;
import dev.countersign.gate.known.KeyLoadListener;
import dev.countersign.gate.known.KnownKey;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Counts the events of all client keys in memory, and says when a key is over its rate limit. Any thread may call, and nothing
 * waits. An event allocates no memory if its key had another event in the same window and minute. {@link CountWriter} adds the
 * counts to the database.
 */
@Singleton
public class KeyCounts implements KeyLoadListener {

    /** After so many intervals without an event, the counter of a key is dropped. */
    private static final int MAX_IDLE_INTERVALS = 60;

    /** A window that is shorter than so many intervals is counted by each replica alone. */
    private static final int MIN_SHARED_INTERVALS = 2;

    private final DatabaseClock clock;
    private final long minSharedMillis;

    /** The counters by the ids of the keys: a public key may return under another id. */
    private final ConcurrentMap<Long, KeyCounter> counters = new ConcurrentHashMap<>();

    private final UnknownKeys unknown = new UnknownKeys();

    /** Names this replica until its process ends. */
    private final UUID replica = UUID.randomUUID();

    /** The number of the last batch. Only {@link #take} uses the field. */
    private long batches;

    KeyCounts(DatabaseClock clock, GateConfig config) {
        this.clock = clock;
        this.minSharedMillis = MIN_SHARED_INTERVALS * config.interval().toMillis();
    }

    /**
     * Counts an event of a good key, as accepted or as over the limit of the key.
     *
     * @param limited whether the event counts against the limit
     * @return 0 if the event is good; otherwise the whole seconds until the key accepts events again
     */
    public int admit(KnownKey key, boolean limited) {
        long now = clock.millis();
        while (true) {
            KeyCounter counter = counter(key);
            int wait = limited && key.count > 0 ? secondsToWait(counter, key, now) : 0;
            if (counter.count(wait == 0 ? KeyCounter.ACCEPTED : KeyCounter.LIMITED, now)) {
                return wait;
            }
        }
    }

    /**
     * Counts an event of a good key as accepted, unless the key is over its limit.
     *
     * @param limited whether the event counts against the limit
     * @return false if the key is over its limit, and then nothing is counted
     */
    public boolean accept(KnownKey key, boolean limited) {
        long now = clock.millis();
        while (true) {
            KeyCounter counter = counter(key);
            if (limited && key.count > 0 && secondsToWait(counter, key, now) > 0) {
                return false;
            }
            if (counter.count(KeyCounter.ACCEPTED, now)) {
                return true;
            }
        }
    }

    /** Counts an event of a good key that is refused: the key is of another project, or not for this page. */
    public void rejected(KnownKey key) {
        count(key, KeyCounter.REJECTED);
    }

    /** Counts an event of a key that is off or has expired. */
    public void refused(KnownKey key) {
        count(key, KeyCounter.REFUSED);
    }

    /**
     * Counts an event of a public key that no client key has. It may be the key of a client key that was removed.
     *
     * @param reach the organizations whose removed keys the asker may know of
     */
    public void unknown(String publicKey, Reach reach) {
        unknown.add(new UnknownKey(publicKey, reach.choose(() -> UnknownKey.EVERY_ORGANIZATION, id -> id)));
    }

    @Override
    public void loaded(KnownKey key, long windowStartMillis, long total) {
        long now = clock.millis();
        if (total == 0 || key.count == 0 || !isShared(key.window)) {
            return;
        }
        LimitWindow running = LimitWindow.at(now, key.window);
        if (running.startMillis == windowStartMillis) {
            LimitWindow window = counter(key).window(key.window, now);
            if (window.startMillis == windowStartMillis) {
                window.loaded(total);
            }
        }
    }

    /** Takes the counts of all keys away, to add them to the database. One thread at a time may call. */
    CountBatch take() {
        List<CountBatch.OfKey> taken = new ArrayList<>();
        long now = clock.millis();
        counters.values().forEach(counter -> {
            CountBatch.OfKey counts = take(counter, now);
            if (!counts.isEmpty()) {
                taken.add(counts);
            }
        });
        taken.sort(Comparator.comparingLong(counts -> counts.counter().keyId));
        return new CountBatch(replica, ++batches, taken, unknown.take(), now);
    }

    private CountBatch.OfKey take(KeyCounter counter, long now) {
        LimitWindow window = counter.lastWindow();
        CountBatch.OfKey counts = take(counter, false, window);
        boolean windowRuns = window != null && window.runs(now);
        if (counter.idleIntervals(!counts.isEmpty() || windowRuns) < MAX_IDLE_INTERVALS) {
            return counts;
        }
        counters.remove(counter.keyId, counter);
        return take(counter, true, null);
    }

    /** The time of the last event is read after the counts, and so is no earlier than that of any event in them. */
    private CountBatch.OfKey take(KeyCounter counter, boolean retire, @Nullable LimitWindow window) {
        long accepted = counter.take(KeyCounter.ACCEPTED, retire);
        long limited = counter.take(KeyCounter.LIMITED, retire);
        long rejected = counter.take(KeyCounter.REJECTED, retire);
        long refused = counter.take(KeyCounter.REFUSED, retire);
        long windowEvents = window != null && isShared(window.seconds) ? window.send() : 0;
        return new CountBatch.OfKey(
                counter, counter.seenMillis(), accepted, limited, rejected, refused, window, windowEvents);
    }

    private void count(KnownKey key, int kind) {
        long now = clock.millis();
        while (!counter(key).count(kind, now)) {
            Thread.onSpinWait();
        }
    }

    private int secondsToWait(KeyCounter counter, KnownKey key, long now) {
        LimitWindow window = counter.window(key.window, now);
        return window.pass(key.count) ? 0 : window.secondsLeft(now);
    }

    private boolean isShared(int windowSeconds) {
        return TimeUnit.SECONDS.toMillis(windowSeconds) >= minSharedMillis;
    }

    private KeyCounter counter(KnownKey key) {
        if (key.counter instanceof KeyCounter kept && kept.isOpenFor(this)) {
            return kept;
        }
        KeyCounter counter = counters.computeIfAbsent(key.id, id -> new KeyCounter(this, id, key.organizationId));
        key.counter = counter;
        return counter;
    }
}
