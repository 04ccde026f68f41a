package dev.countersign.announcement;

import jakarta.inject.Singleton;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * Tells which cache entries are out of date: keeps versions of database rows in memory, which each announced change makes
 * stale.
 *
 * <p>Each entry remembers the versions of the rows that it was read from. A change of a row makes its version stale,
 * and so all entries that remember this version, at the cost of one write. There are {@value #VERSIONS} versions: if
 * two subjects share one, a change of either only causes an extra read.
 */
@Singleton
class SubjectVersions {

    private static final int VERSIONS = 4096;

    /** Announced when any row may have changed. */
    static final String EVERY_SUBJECT = "*";

    /** How long an answer on the listening connection counts, from when its query was sent. */
    private static final long CONFIRMED_NANOS = TimeUnit.MILLISECONDS.toNanos(750);

    /** Null for a version that no entry remembers yet. */
    private final AtomicReferenceArray<@Nullable Version> versions = new AtomicReferenceArray<>(VERSIONS);

    private final AtomicLong count = new AtomicLong();
    private volatile long completeUntil = System.nanoTime();

    /** Whether all committed changes are known, so that entries may be served. */
    boolean areComplete() {
        return areComplete(System.nanoTime());
    }

    /** Whether all committed changes are known at a time of {@link System#nanoTime}. */
    boolean areComplete(long now) {
        return now - completeUntil < 0;
    }

    /** Notes that all changes up to a time are known. */
    void confirm(long nanoTime) {
        completeUntil = nanoTime + CONFIRMED_NANOS;
    }

    /** Notes that changes may be missed from now on, and makes all entries stale. */
    void suspend() {
        completeUntil = System.nanoTime();
        invalidateAll();
    }

    /** Makes all entries stale, also values that are being read now. */
    void invalidateAll() {
        count.incrementAndGet();
        for (int i = 0; i < VERSIONS; i++) {
            renew(i);
        }
    }

    /** Makes the entries of a subject stale, after the change is committed. */
    void invalidate(String subject) {
        if (subject.equals(EVERY_SUBJECT)) {
            invalidateAll();
        } else {
            count.incrementAndGet();
            renew(index(subject));
        }
    }

    /** The number of changes so far. A value may be cached if this number does not change while the value is read. */
    long count() {
        return count.get();
    }

    /** The current version of a subject. */
    Version version(String subject) {
        return Objects.requireNonNull(versions.updateAndGet(index(subject), SubjectVersions::orNew));
    }

    private static Version orNew(@Nullable Version version) {
        return version == null ? new Version() : version;
    }

    private void renew(int index) {
        Version former = versions.getAndSet(index, null);
        if (former != null) {
            former.stale = true;
        }
    }

    private static int index(String subject) {
        int hash = subject.hashCode();
        return (hash ^ (hash >>> 16)) & (VERSIONS - 1);
    }

    /** Remembers the version of one or more rows, and is stale once any of the rows has changed. */
    static final class Version {
        private volatile boolean stale;

        boolean isStale() {
            return stale;
        }
    }
}
