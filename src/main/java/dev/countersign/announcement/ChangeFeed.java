package dev.countersign.announcement;

import jakarta.inject.Singleton;

/** Passes the changes of rows that PostgreSQL announces to observers of other packages. */
@Singleton
public class ChangeFeed {

    private final ChangeListener listener;
    private final SubjectVersions changes;

    ChangeFeed(ChangeListener listener, SubjectVersions changes) {
        this.listener = listener;
        this.changes = changes;
    }

    /** Tells an observer of all changes from now on. Starts to listen, without waiting. */
    public void observe(ChangeObserver observer) {
        listener.add(observer);
        listener.start();
    }

    /**
     * Whether all committed changes have been heard, give or take 750 ms.
     *
     * @param now the time by {@link System#nanoTime}
     */
    public boolean isComplete(long now) {
        return changes.areComplete(now);
    }
}
