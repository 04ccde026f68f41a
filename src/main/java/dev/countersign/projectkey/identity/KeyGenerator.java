package dev.countersign.projectkey.identity;

import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Generates keys of 32 lower-case hexadecimal digits. Keys that are generated one after another begin with the same 6 digits,
 * and the other 26 digits, 104 bits, are random in each key. After 4,096 keys, a generator draws the first 6 digits again.
 *
 * <p>The index of the keys is sorted, so PostgreSQL stores keys with the same beginning in the same few pages of the index.
 * The digits are random and do not say when a key was made.
 */
final class KeyGenerator {

    /** The number of keys that begin with the same digits. They fill some thirty pages of the index. */
    static final int RUN = 4096;

    /** The number of digits that are the same in a run. */
    static final int SAME_DIGITS = 6;

    private static final int KEY_BYTES = 16;

    private volatile @Nullable Run current;
    private volatile @Nullable SecureRandom random;

    /** Generates a key. Any thread may call this method. */
    String generate() {
        byte[] bytes = new byte[KEY_BYTES];
        random().nextBytes(bytes);
        String key = HexFormat.of().formatHex(bytes);
        Run run = current;
        if (run != null && run.left.getAndDecrement() > 0) {
            return run.digits + key.substring(SAME_DIGITS);
        }
        current = new Run(key.substring(0, SAME_DIGITS), new AtomicInteger(RUN - 1));
        return key;
    }

    /** Made at the first key and not with the generator: a native executable must not contain a seed from its build. */
    private SecureRandom random() {
        SecureRandom made = random;
        if (made == null) {
            made = new SecureRandom();
            random = made;
        }
        return made;
    }

    /** Holds the digits with which the keys of a run begin, and how many more keys the run may have. */
    private record Run(String digits, AtomicInteger left) {}
}
