package dev.countersign.idempotency;

import dev.countersign.postgres.pool.Sessions;
import dev.countersign.web.error.RepeatRefused;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.function.Supplier;
import java.util.function.ToLongFunction;

/**
 * Creates the object of a request with an {@code Idempotency-Key} at most once: stores object and record in one transaction,
 * and fails if an earlier request created the object. While another request under the key runs, waits without a connection
 * and asks again.
 *
 * @param request the request, without an earlier one so far
 */
record OnceForKey(KeyedRequest request, IdempotencyRepository records, Sessions sessions, Vertx vertx) implements Once {

    /** How long a request waits for another one under its key. */
    private static final long PATIENCE_NANOS = Duration.ofSeconds(2).toNanos();

    private static final long FIRST_PAUSE_MILLIS = 25;
    private static final long LONGEST_PAUSE_MILLIS = 400;

    @Override
    public boolean isInTransaction() {
        return true;
    }

    /**
     * {@inheritDoc}
     *
     * <p>Fails with {@link KeyTakenException} where an earlier request has created an object, and with {@link RepeatRefused} where
     * another request under the key runs for more than two seconds.
     */
    @Override
    public <T> Uni<T> run(Supplier<Uni<T>> store, ToLongFunction<T> id) {
        return transaction(store, id).onFailure(KeyBusyException.class).recoverWithUni(() -> {
            long end = System.nanoTime() + PATIENCE_NANOS;
            return runAfter(FIRST_PAUSE_MILLIS, end, store, id);
        });
    }

    private <T> Uni<T> runAfter(long pauseMillis, long end, Supplier<Uni<T>> store, ToLongFunction<T> id) {
        long millisLeft = Duration.ofNanos(end - System.nanoTime()).toMillis();
        if (millisLeft <= 0) {
            return Uni.createFrom().failure(RepeatRefused.running());
        }
        long next = Math.min(2 * pauseMillis, LONGEST_PAUSE_MILLIS);
        return pause(Math.min(pauseMillis, millisLeft))
                .flatMap(paused -> records.find(request))
                .invoke(KeyTakenException::throwIfPresent)
                .flatMap(none -> transaction(store, id))
                .onFailure(KeyBusyException.class)
                .recoverWithUni(() -> runAfter(next, end, store, id));
    }

    private <T> Uni<T> transaction(Supplier<Uni<T>> store, ToLongFunction<T> id) {
        Place place = request.place();
        return sessions.transaction(
                "idempotency_record." + place.operation(), place.parentId(), () -> records.tryLock(request)
                        .flatMap(locked -> locked
                                ? records.findUnderLock(request)
                                : Uni.createFrom().failure(KeyBusyException::new))
                        .invoke(KeyTakenException::throwIfPresent)
                        .flatMap(free -> store.get())
                        .call(stored -> records.store(request, id.applyAsLong(stored))));
    }

    /** Continues in the context of the request, as sessions require. */
    private Uni<Void> pause(long millis) {
        return Uni.createFrom().emitter(emitter -> {
            Context context = vertx.getOrCreateContext();
            vertx.setTimer(millis, timer -> context.runOnContext(any -> emitter.complete(null)));
        });
    }

    /** Ends an attempt to create an object, because another request under the key still runs. */
    private static final class KeyBusyException extends RuntimeException {
        KeyBusyException() {
            super("another request under the key runs", null, false, false);
        }
    }
}
