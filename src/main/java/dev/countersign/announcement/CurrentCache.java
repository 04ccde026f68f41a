package dev.countersign.announcement;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.smallrye.mutiny.Uni;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Things read from the database, kept for as long as they are known to be true. What is not there is not kept: only a
 * read that answers something is.
 */
public final class CurrentCache<K, V> {

    private final Caches caches;
    private final Changes changes;
    private final Cache<K, Kept<V>> entries;
    private final Function<V, List<String>> subjects;

    CurrentCache(Caches caches, Changes changes, int size, Function<V, List<String>> subjects) {
        this.caches = caches;
        this.changes = changes;
        this.entries = Caffeine.newBuilder().maximumSize(size).build();
        this.subjects = subjects;
    }

    /** What is kept under a key where it is true still, or else what a read answers. */
    public Uni<V> get(K key, Supplier<Uni<V>> read) {
        if (!caches.mayBeBelieved()) {
            return read.get();
        }
        Kept<V> kept = entries.getIfPresent(key);
        if (kept != null && kept.isTrue()) {
            return Uni.createFrom().item(kept.value);
        }
        long before = changes.count();
        return read.get().invoke(value -> keep(key, value, before));
    }

    /** Takes the marks first: a change from then on makes them stale, and one before it shows in the count. */
    private void keep(K key, V value, long before) {
        List<Changes.Mark> marks =
                subjects.apply(value).stream().map(changes::mark).toList();
        if (changes.count() == before) {
            entries.put(key, new Kept<>(value, marks));
        }
    }

    private record Kept<V>(V value, List<Changes.Mark> marks) {
        boolean isTrue() {
            for (int i = 0; i < marks.size(); i++) {
                if (marks.get(i).isStale()) {
                    return false;
                }
            }
            return true;
        }
    }
}
