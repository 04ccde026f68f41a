package dev.countersign.announcement;

import jakarta.inject.Singleton;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * Tells which cache entries are still usable.
 *
 * <p>Each entry remembers the marks of the rows that it was read from. A change of a row makes the mark of the row stale, and with
 * the mark all entries that remember it, at the cost of one write. There are {@value #MARKS} marks: two subjects that share one are only read again
 * too often.
 */
@Singleton
class SubjectVersions {

    private static final int MARKS = 4096;
    private static final String EVERYTHING = "*";

    /** An answer on the listening connection proves this long, from when it was asked for, that changes are heard. */
    private static final long PROOF_NANOS = TimeUnit.MILLISECONDS.toNanos(750);

    private final AtomicReferenceArray<Mark> marks = new AtomicReferenceArray<>(MARKS);
    private final AtomicLong count = new AtomicLong();
    private volatile long provenUntil = System.nanoTime();

    SubjectVersions() {
        forgetAll();
    }

    /** Whether a change would have been heard by now. */
    boolean areHeard() {
        return System.nanoTime() - provenUntil < 0;
    }

    /** All changes up to a time were heard. */
    void heardUntil(long nanoTime) {
        provenUntil = nanoTime + PROOF_NANOS;
    }

    /** From now on changes may go unheard: nothing that is kept may be believed. */
    void unheard() {
        provenUntil = System.nanoTime();
        forgetAll();
    }

    /** Nothing that was read up to now may be believed. */
    void forgetAll() {
        count.incrementAndGet();
        for (int i = 0; i < MARKS; i++) {
            renew(i);
        }
    }

    /** Something changed, and is committed. */
    void heard(String subject) {
        if (subject.equals(EVERYTHING)) {
            forgetAll();
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
    Mark mark(String subject) {
        return marks.get(index(subject));
    }

    private void renew(int index) {
        Mark former = marks.getAndSet(index, new Mark());
        if (former != null) {
            former.stale = true;
        }
    }

    private static int index(String subject) {
        int hash = subject.hashCode();
        return (hash ^ (hash >>> 16)) & (MARKS - 1);
    }

    /** Stale once a subject of it has changed. */
    static final class Mark {
        private volatile boolean stale;

        boolean isStale() {
            return stale;
        }
    }
}
