package dev.countersign.idempotency;

import java.util.Optional;

/** Ends an attempt to create an object, because an earlier request with the same {@code Idempotency-Key} has created one. */
final class KeyTakenException extends RuntimeException {

    private final transient EarlierRequest earlier;

    private KeyTakenException(EarlierRequest earlier) {
        super("the key is taken", null, false, false);
        this.earlier = earlier;
    }

    /** Throws if there is an earlier request. */
    static void throwIfPresent(Optional<EarlierRequest> earlier) {
        earlier.ifPresent(found -> {
            throw new KeyTakenException(found);
        });
    }

    /** The request that has created the object. */
    EarlierRequest earlier() {
        return earlier;
    }
}
