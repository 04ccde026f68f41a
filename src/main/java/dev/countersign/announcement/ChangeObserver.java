package dev.countersign.announcement;

/**
 * Interface: is told each change of a row that PostgreSQL announces, and until when no change is missing. All methods are
 * called on one event loop, in the order of the announcements.
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
