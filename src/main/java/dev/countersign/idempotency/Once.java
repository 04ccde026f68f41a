package dev.countersign.idempotency;

import io.smallrye.mutiny.Uni;
import java.util.function.Supplier;
import java.util.function.ToLongFunction;

/**
 * Interface: stores a new object unless an earlier request used the same {@code Idempotency-Key}, and records the key in the
 * same transaction. For a request without a key, only stores the object.
 */
public sealed interface Once permits OnceForKey, Once.WithoutKey {

    /** For a request without a key: runs the statements as they are. */
    Once WITHOUT_KEY = new WithoutKey();

    /** Whether the statements run in a transaction that the key needs. A statement outside sessions does not join it. */
    boolean isInTransaction();

    /**
     * Stores an object.
     *
     * @param store makes and stores a new object in each call
     * @param id the id of the stored object
     */
    <T> Uni<T> run(Supplier<Uni<T>> store, ToLongFunction<T> id);

    /** Stores the object of a request without a key; the type of {@link Once#WITHOUT_KEY}. */
    record WithoutKey() implements Once {

        @Override
        public boolean isInTransaction() {
            return false;
        }

        @Override
        public <T> Uni<T> run(Supplier<Uni<T>> store, ToLongFunction<T> id) {
            return store.get();
        }
    }
}
