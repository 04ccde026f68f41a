package dev.countersign.gate.source;

import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * Maps public keys, which are 32 lower-case hexadecimal digits, to the values that have them. A look-up compares numbers in
 * the value itself, instead of a text behind a node, so that it reads little memory however many keys there are. Any thread
 * may {@link #get}; one thread calls the other methods.
 *
 * @param <V> the values
 */
public final class PublicKeyMap<V extends PublicKeyMap.Keyed> implements Iterable<V> {

    private static final int FIRST_CAPACITY = 1024;

    /** The place of a removed value. It must stay, because other values may stand behind it. */
    private static final Keyed REMOVED = new Removed();

    /** So that nobody can choose public keys that meet in one place. */
    private final long spreadHigh = ThreadLocalRandom.current().nextLong() | 1;

    private final long spreadLow = ThreadLocalRandom.current().nextLong() | 1;

    /** Twice as many places as values, or more. The number is a power of two. */
    private volatile AtomicReferenceArray<@Nullable Keyed> places = new AtomicReferenceArray<>(FIRST_CAPACITY);

    /** How many places hold a value, and how many are not empty. */
    private int values;

    private int used;

    /** Interface: states the public key of a value as two numbers, see {@link HexDigits#half}. */
    public interface Keyed {

        /** The first 16 digits. */
        long high();

        /** The last 16 digits. */
        long low();
    }

    /** The value with a public key; null for any other text. */
    public @Nullable V get(String publicKey) {
        return HexDigits.are32(publicKey) ? get(HexDigits.half(publicKey, 0), HexDigits.half(publicKey, 16)) : null;
    }

    /** The value here with the public key of a value; null if there is none. */
    public @Nullable V sameKey(V value) {
        return get(value.high(), value.low());
    }

    /** Puts a value, in place of a former one with the same public key. */
    public void put(V value) {
        int place = place(value.high(), value.low());
        Keyed former = places.get(place);
        if (former == null) {
            place = firstRemoved(value, place);
            used += places.get(place) == null ? 1 : 0;
        }
        values += former == null ? 1 : 0;
        places.set(place, value);
        if (2 * used > places.length()) {
            rebuild();
        }
    }

    /** Removes a value, unless another one is in its place. */
    public void remove(V value) {
        int place = place(value.high(), value.low());
        if (places.get(place) == value) {
            places.set(place, REMOVED);
            values--;
        }
    }

    /** Goes through all values. Those that are put meanwhile may be left out, and others may come twice. */
    @Override
    public Iterator<V> iterator() {
        return new Values();
    }

    @SuppressWarnings("unchecked") // only values of this type have a key
    private @Nullable V get(long high, long low) {
        AtomicReferenceArray<@Nullable Keyed> table = places;
        int mask = table.length() - 1;
        int place = first(high, low) & mask;
        while (true) {
            Keyed found = table.get(place);
            if (found == null) {
                return null;
            }
            if (found.low() == low && found.high() == high && found != REMOVED) {
                return (V) found;
            }
            place = (place + 1) & mask;
        }
    }

    /** The place of the value with a key, or the empty place where the search for it ends. */
    private int place(long high, long low) {
        int mask = places.length() - 1;
        int place = first(high, low) & mask;
        for (Keyed found = places.get(place); found != null; found = places.get(place)) {
            if (found != REMOVED && found.low() == low && found.high() == high) {
                return place;
            }
            place = (place + 1) & mask;
        }
        return place;
    }

    /** The first place of a removed value on the way to an empty place; the empty place if there is none. */
    private int firstRemoved(V value, int empty) {
        int mask = places.length() - 1;
        int place = first(value.high(), value.low()) & mask;
        while (place != empty && places.get(place) != REMOVED) {
            place = (place + 1) & mask;
        }
        return place;
    }

    private int first(long high, long low) {
        return (int) ((high * spreadHigh + low * spreadLow) >>> Integer.SIZE);
    }

    /** Moves all values into a table of which they fill at most a quarter. Readers see the old one, or the new one. */
    private void rebuild() {
        AtomicReferenceArray<@Nullable Keyed> former = places;
        int capacity = Math.max(FIRST_CAPACITY, Integer.highestOneBit(4 * values - 1) << 1);
        AtomicReferenceArray<@Nullable Keyed> larger = new AtomicReferenceArray<>(capacity);
        for (int i = 0; i < former.length(); i++) {
            Keyed value = former.get(i);
            if (value != null && value != REMOVED) {
                int place = first(value.high(), value.low()) & (capacity - 1);
                while (larger.getPlain(place) != null) {
                    place = (place + 1) & (capacity - 1);
                }
                larger.setPlain(place, value);
            }
        }
        used = values;
        places = larger;
    }

    /** Goes through the places of one table; begins again when the values were moved into another one. */
    private final class Values implements Iterator<V> {

        private AtomicReferenceArray<@Nullable Keyed> table = places;
        private int next;

        @Override
        public boolean hasNext() {
            if (table != places) {
                table = places;
                next = 0;
            }
            while (next < table.length() && (table.get(next) == null || table.get(next) == REMOVED)) {
                next++;
            }
            return next < table.length();
        }

        @Override
        @SuppressWarnings("unchecked") // only values of this type have a key
        public V next() {
            if (!hasNext()) {
                throw new NoSuchElementException();
            }
            return (V) table.get(next++);
        }
    }

    /** Stands for a value that was removed. */
    private record Removed() implements Keyed {

        @Override
        public long high() {
            return 0;
        }

        @Override
        public long low() {
            return 0;
        }
    }
}
