package dev.countersign.announcement;

/**
 * Hears each change that PostgreSQL announces, and until when nothing is missing. All methods are called on one event loop,
 * in the order of the announcements.
 */
public interface ChangeObserver {

    /** A row changed, and the change is committed. */
    void changed(String subject);

    /** Every row may have changed: announcements were missed, or nobody says which rows changed. */
    void anythingChanged();

    /**
     * Everything committed before a question to the database has been announced.
     *
     * @param asked when the question was sent, by {@link System#nanoTime}
     * @param databaseMicros the clock of the database at the question, in microseconds since 1970
     */
    void complete(long asked, long databaseMicros);
}
