package dev.countersign.gate.known;

import dev.countersign.announcement.ChangeSubject;
import dev.countersign.gate.source.Groups;
import dev.countersign.gate.source.LongMap;
import dev.countersign.gate.source.PublicKeyMap;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the client keys of the gate in memory by their public keys, and knows which of them must be read again. Past its size
 * the index drops keys that were not used for long: the least recently used of {@value #SAMPLE} keys, so that dropping costs
 * the same however many keys there are. Any thread may {@link #get}; one event loop calls the other methods.
 */
final class KeyIndex {

    private static final int SAMPLE = 128;
    private static final int PART_TO_DROP = 16;

    private final int maxSize;
    private final PublicKeyMap<KnownKey> byPublicKey = new PublicKeyMap<>();
    private final LongMap<Entry> byId = new LongMap<>();
    private final Groups<KnownKey> byProject = new Groups<>();
    private final Groups<KnownKey> byOrganization = new Groups<>();
    private final Queue<KnownKey> changed = new ArrayDeque<>();
    private Iterator<KnownKey> unsettled = Collections.emptyIterator();
    private Iterator<KnownKey> samples = Collections.emptyIterator();

    /** The number of keys, for any thread. */
    private volatile int size;

    KeyIndex(int maxSize) {
        this.maxSize = maxSize;
    }

    @Nullable
    KnownKey get(String publicKey) {
        return byPublicKey.get(publicKey);
    }

    int size() {
        return size;
    }

    boolean isFull() {
        return byId.size() >= maxSize;
    }

    /** Puts a key in place of an earlier one with the same public key or id, or of one that was not used for long. */
    void put(KnownKey key) {
        KnownKey former = byPublicKey.sameKey(key);
        Entry renamed = byId.get(key.id);
        if (renamed != null && renamed.key != former) {
            remove(renamed.key);
        }
        if (former != null) {
            unlink(former);
        } else if (isFull()) {
            dropSome();
        }
        byId.put(
                key.id, new Entry(key, byProject.add(key.projectId, key), byOrganization.add(key.organizationId, key)));
        byPublicKey.put(key);
        size = byId.size();
    }

    void remove(KnownKey key) {
        byPublicKey.remove(key);
        unlink(key);
        size = byId.size();
    }

    /** Marks the keys that an announced change concerns: they are not true until they are read again. */
    void markChanged(String subject) {
        long id = ChangeSubject.id(subject);
        switch (ChangeSubject.table(subject)) {
            case ChangeSubject.CLIENT_KEY -> {
                Entry entry = byId.get(id);
                if (entry != null) {
                    markChanged(entry.key);
                }
            }
            case ChangeSubject.PROJECT -> byProject.forEach(id, this::markChanged);
            case ChangeSubject.ORGANIZATION -> byOrganization.forEach(id, this::markChanged);
            default -> {
                // Nothing of this table is in memory.
            }
        }
    }

    /** Marks a key: it is not true until it is read again. */
    void markChanged(KnownKey key) {
        if (!key.stale) {
            key.stale = true;
            changed.add(key);
        }
    }

    /** Notes that every key must be read again, since announcements were missed. */
    void unsettle() {
        unsettled = byPublicKey.iterator();
    }

    boolean hasChanged() {
        return !changed.isEmpty();
    }

    /**
     * Adds the public keys that must be read again to a statement.
     *
     * @param generation the generation of announcements; keys that were read in an earlier one are unsettled
     */
    void takeUnread(Collection<String> statement, int max, int generation) {
        while (statement.size() < max && !changed.isEmpty()) {
            statement.add(changed.remove().publicKey());
        }
        while (statement.size() < max && unsettled.hasNext()) {
            KnownKey next = unsettled.next();
            if (next.generation != generation) {
                statement.add(next.publicKey());
            }
        }
    }

    private void unlink(KnownKey key) {
        Entry entry = byId.get(key.id);
        if (entry != null && entry.key == key) {
            byId.remove(key.id);
            byProject.remove(entry.ofProject);
            byOrganization.remove(entry.ofOrganization);
        }
    }

    /** Drops the sixteenth part of a sample that was not used for longest, at least one key. */
    private void dropSome() {
        List<Sample> sample = new ArrayList<>(SAMPLE);
        while (sample.size() < Math.min(SAMPLE, byId.size())) {
            if (!samples.hasNext()) {
                samples = byPublicKey.iterator();
            }
            KnownKey next = samples.next();
            sample.add(new Sample(next, next.lastSeenSecond));
        }
        sample.sort(Comparator.comparingLong(Sample::lastSeenSecond));
        for (int i = 0; i == 0 || i < sample.size() / PART_TO_DROP; i++) {
            remove(sample.get(i).key);
        }
    }

    /** Holds a key and when it was last used as the sample was taken. */
    private record Sample(KnownKey key, long lastSeenSecond) {}

    /** Holds a key and its places in the groups of its project and organization. */
    private record Entry(KnownKey key, Groups.Member<KnownKey> ofProject, Groups.Member<KnownKey> ofOrganization) {}
}
