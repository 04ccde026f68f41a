package dev.countersign.announcement;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.smallrye.mutiny.Uni;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Caches database rows in memory, and forgets a row when the database announces its change. An entry is served only
 * while this replica would know of a change of its row. The cache does not remember that a row is missing, which null means.
 */
public final class AnnouncedCache<K, V extends @Nullable Object> {

    private final CacheFactory caches;
    private final SubjectVersions changes;
    private final Cache<K, Entry<V>> entries;
    private final Function<V, @Nullable List<String>> subjects;

    AnnouncedCache(
            CacheFactory caches, SubjectVersions changes, int size, Function<V, @Nullable List<String>> subjects) {
        this.caches = caches;
        this.changes = changes;
        this.entries = Caffeine.newBuilder().maximumSize(size).build();
        this.subjects = subjects;
    }

    /** The cached value if it is still correct; otherwise reads the value and caches it. */
    public Uni<V> get(K key, Supplier<Uni<V>> read) {
        if (!caches.isUsable()) {
            return read.get();
        }
        Entry<V> kept = entries.getIfPresent(key);
        if (kept != null && kept.isCurrent()) {
            return Uni.createFrom().item(kept.value);
        }
        long before = changes.count();
        return read.get().invoke(value -> keep(key, value, before));
    }

    /** The cached value if it is still correct; null otherwise. */
    public @Nullable V current(K key) {
        Entry<V> kept = caches.isUsable() ? entries.getIfPresent(key) : null;
        return kept != null && kept.isCurrent() ? kept.value : null;
    }

    /**
     * Reads many values at once and caches them.
     *
     * @param key the key of a value
     */
    public Uni<List<V>> read(Function<V, K> key, Supplier<Uni<List<V>>> read) {
        if (!caches.isUsable()) {
            return read.get();
        }
        long before = changes.count();
        return read.get().invoke(values -> values.forEach(value -> keep(key.apply(value), value, before)));
    }

    /**
     * Takes the versions before it compares the count. An earlier change raises the count; a later change makes a
     * version stale.
     */
    private void keep(K key, V value, long before) {
        List<String> rows = value == null ? null : subjects.apply(value);
        if (rows == null) {
            return;
        }
        List<SubjectVersions.Version> versions =
                rows.stream().map(changes::version).toList();
        if (changes.count() == before) {
            entries.put(key, new Entry<>(value, versions));
        }
    }

    private record Entry<V extends @Nullable Object>(V value, List<SubjectVersions.Version> versions) {
        boolean isCurrent() {
            for (int i = 0; i < versions.size(); i++) {
                if (versions.get(i).isStale()) {
                    return false;
                }
            }
            return true;
        }
    }
}
