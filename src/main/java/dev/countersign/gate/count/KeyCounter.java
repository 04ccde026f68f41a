package dev.countersign.gate.count;

import java.util.List;
import java.util.concurrent.atomic.AtomicLongFieldUpdater;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Holds the counters of one client key: its events that are not yet in the database, by what the gate answered. */
@SuppressWarnings("UnusedVariable") // COUNTS reads the fields by their names.
final class KeyCounter {

    static final int ACCEPTED = 0;
    static final int LIMITED = 1;
    static final int REJECTED = 2;

    /** Refused because the key is off or has expired. */
    static final int REFUSED = 3;

    /** What the counts of a counter that was retired begin with, so that they stay negative. */
    private static final long RETIRED = Long.MIN_VALUE;

    /** The counts by kind. Fields of this object, since an array would be two more places of memory to read for each event. */
    private static final List<AtomicLongFieldUpdater<KeyCounter>> COUNTS = List.of(
            AtomicLongFieldUpdater.newUpdater(KeyCounter.class, "accepted"),
            AtomicLongFieldUpdater.newUpdater(KeyCounter.class, "limited"),
            AtomicLongFieldUpdater.newUpdater(KeyCounter.class, "rejected"),
            AtomicLongFieldUpdater.newUpdater(KeyCounter.class, "refused"));

    /** Sets the field without waiting until other processors see the value. */
    private static final AtomicLongFieldUpdater<KeyCounter> SEEN =
            AtomicLongFieldUpdater.newUpdater(KeyCounter.class, "seenMillis");

    private final KeyCounts owner;
    final long keyId;
    final long organizationId;
    private volatile long accepted;
    private volatile long limited;
    private volatile long rejected;
    private volatile long refused;

    private volatile long seenMillis;

    private final AtomicReference<@Nullable LimitWindow> window = new AtomicReference<>();

    /** How many intervals in a row had no event. Only the writer uses the field. */
    private int idleIntervals;

    KeyCounter(KeyCounts owner, long keyId, long organizationId) {
        this.owner = owner;
        this.keyId = keyId;
        this.organizationId = organizationId;
    }

    /**
     * Counts an event.
     *
     * @param kind {@link #ACCEPTED}, {@link #LIMITED}, {@link #REJECTED} or {@link #REFUSED}
     * @param millis now, by the clock of the database
     * @return false if the counter is retired, and another one must count the event
     */
    boolean count(int kind, long millis) {
        SEEN.lazySet(this, millis);
        return COUNTS.get(kind).getAndIncrement(this) >= 0;
    }

    /** Whether the counter counts for an owner, and is not retired. */
    boolean isOpenFor(KeyCounts counts) {
        return owner == counts && accepted >= 0;
    }

    /** The window of the limit that runs at a moment. */
    LimitWindow window(int seconds, long millis) {
        while (true) {
            LimitWindow last = window.get();
            if (last != null && last.seconds == seconds && last.runs(millis)) {
                return last;
            }
            LimitWindow next = LimitWindow.at(millis, seconds);
            if (window.compareAndSet(last, next)) {
                return next;
            }
        }
    }

    /** The last window, or null if no event came under a limit. */
    @Nullable
    LimitWindow lastWindow() {
        return window.get();
    }

    /** When the last event came, in milliseconds since 1970 by the clock of the database. */
    long seenMillis() {
        return seenMillis;
    }

    /**
     * Takes the counted events of a kind away.
     *
     * @param retire whether no later event is counted here
     */
    long take(int kind, boolean retire) {
        return COUNTS.get(kind).getAndSet(this, retire ? RETIRED : 0);
    }

    /** Notes whether an interval had events, and says how many intervals in a row had none. */
    int idleIntervals(boolean hadEvents) {
        idleIntervals = hadEvents ? 0 : idleIntervals + 1;
        return idleIntervals;
    }
}
