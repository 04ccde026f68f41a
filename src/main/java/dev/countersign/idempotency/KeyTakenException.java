package dev.countersign.idempotency;

import org.jspecify.annotations.Nullable;

/** Ends an attempt to create an object, because an earlier request under the same key has created one. */
final class KeyTakenException extends RuntimeException {

    private final transient EarlierRequest earlier;

    private KeyTakenException(EarlierRequest earlier) {
        super("the key is taken", null, false, false);
        this.earlier = earlier;
    }

    /** Throws if there is an earlier request. */
    static void throwIfPresent(@Nullable EarlierRequest earlier) {
        if (earlier != null) {
            throw new KeyTakenException(earlier);
        }
    }

    /** The request that has created the object. */
    EarlierRequest earlier() {
        return earlier;
    }
}
