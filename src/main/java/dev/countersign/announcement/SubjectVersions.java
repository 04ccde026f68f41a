package dev.countersign.announcement;

import jakarta.inject.Singleton;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * Tells which cache entries are still usable.
 *
 * <p>Each entry remembers the versions of the rows that it was read from. A change of a row makes the mark of the row stale, and with
 * the mark all entries that remember it, at the cost of one write. There are {@value #VERSIONS} versions: two subjects that share one are only read again
 * too often.
 */
@Singleton
class SubjectVersions {

    private static final int VERSIONS = 4096;
    private static final String EVERY_SUBJECT = "*";

    /** An answer on the listening connection proves this long, from when it was asked for, that changes are heard. */
    private static final long CONFIRMED_NANOS = TimeUnit.MILLISECONDS.toNanos(750);

    private final AtomicReferenceArray<Version> versions = new AtomicReferenceArray<>(VERSIONS);
    private final AtomicLong count = new AtomicLong();
    private volatile long completeUntil = System.nanoTime();

    SubjectVersions() {
        invalidateAll();
    }

    /** Whether a change would have been heard by now. */
    boolean areComplete() {
        return System.nanoTime() - completeUntil < 0;
    }

    /** All changes up to a time were heard. */
    void confirm(long nanoTime) {
        completeUntil = nanoTime + CONFIRMED_NANOS;
    }

    /** From now on changes may go unheard: nothing that is kept may be believed. */
    void suspend() {
        completeUntil = System.nanoTime();
        invalidateAll();
    }

    /** Nothing that was read up to now may be believed. */
    void invalidateAll() {
        count.incrementAndGet();
        for (int i = 0; i < VERSIONS; i++) {
            renew(i);
        }
    }

    /** Something changed, and is committed. */
    void invalidate(String subject) {
        if (subject.equals(EVERY_SUBJECT)) {
            invalidateAll();
        } else {
            count.incrementAndGet();
            renew(index(subject));
        }
    }

    /** How many changes were heard: what is read while this stands still may be kept. */
    long count() {
        return count.get();
    }

    /** The mark of a subject. */
    Version version(String subject) {
        return versions.get(index(subject));
    }

    private void renew(int index) {
        Version former = versions.getAndSet(index, new Version());
        if (former != null) {
            former.stale = true;
        }
    }

    private static int index(String subject) {
        int hash = subject.hashCode();
        return (hash ^ (hash >>> 16)) & (VERSIONS - 1);
    }

    /** Stale once a subject of it has changed. */
    static final class Version {
        private volatile boolean stale;

        boolean isStale() {
            return stale;
        }
    }
}
