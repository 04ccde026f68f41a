package dev.countersign.announcement;

import jakarta.inject.Singleton;
import java.util.List;
import java.util.function.Function;

/** Makes the caches of this replica, and drops from them what the replica itself has changed. */
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
     * A cache of its own.
     *
     * @param subjects what a value was read from, see {@link ChangeSubject}
     */
    public <K, V> AnnouncedCache<K, V> create(Function<V, List<String>> subjects) {
        return new AnnouncedCache<>(this, changes, size, subjects);
    }

    /** To be called once a change is stored: whoever waits for its answer must find it done at once. */
    public void changed(String subject) {
        changes.invalidate(subject);
    }

    /** The first one who asks is not told to wait: it has what it needs read, while the connection is made. */
    boolean isUsable() {
        if (size == 0) {
            return false;
        }
        listener.start();
        return changes.areComplete();
    }
}
