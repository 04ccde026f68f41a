package dev.countersign.announcement;

import jakarta.inject.Singleton;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Creates the caches of this replica, and drops the cached entries of each row that this replica itself changes. */
@Singleton
public class CacheFactory {

    private final SubjectVersions changes;
    private final ChangeListener listener;
    private final int size;

    CacheFactory(SubjectVersions changes, ChangeListener listener, CacheConfig config) {
        this.changes = changes;
        this.listener = listener;
        this.size = config.entries();
    }

    /**
     * Makes a cache.
     *
     * @param subjects the rows that a value was read from, see {@link ChangeSubject}; null for a value that is not cached
     */
    public <K, V extends @Nullable Object> AnnouncedCache<K, V> create(Function<V, @Nullable List<String>> subjects) {
        return new AnnouncedCache<>(this, changes, size, subjects);
    }

    /**
     * Drops the entries of a row. Must be called after a change is stored and before its answer, so that the client
     * sees the change.
     */
    public void changed(String subject) {
        changes.invalidate(subject);
    }

    /**
     * Whether cached values may be served. The first call has the listener start soon; until then values come
     * from the database.
     */
    boolean isUsable() {
        if (size == 0) {
            return false;
        }
        listener.startSoon();
        return changes.areComplete();
    }
}
