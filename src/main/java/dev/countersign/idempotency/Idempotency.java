package dev.countersign.idempotency;

import dev.countersign.postgres.pool.Sessions;
import dev.countersign.web.answer.Created;
import dev.countersign.web.error.ApiException;
import dev.countersign.web.error.RepeatRefused;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import jakarta.inject.Singleton;
import java.util.function.Function;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;

/**
 * Creates objects, and at most one for each {@code Idempotency-Key}: a repeated request gets the object that the first
 * request created, as the object is now.
 */
@Singleton
public class Idempotency {

    private final IdempotencyRepository records;
    private final Sessions sessions;
    private final Vertx vertx;

    Idempotency(IdempotencyRepository records, Sessions sessions, Vertx vertx) {
        this.records = records;
        this.sessions = sessions;
        this.vertx = vertx;
    }

    /**
     * Creates an object, or finds the object that an earlier request created under the same key.
     *
     * @param request the request, or null for a request without a key
     * @param create validates the body and creates the object, and stores the object through the {@link Once} that it is given
     * @param find finds a created object by its id, or fails with {@link ApiException.NotFound}
     * @throws RepeatRefused where the key stands for another request, its object was removed, or another request under the key runs
     *     for more than two seconds
     * @throws ApiException.TooManyRequests where too many keys are kept for the caller
     */
    public <T> Uni<Created<T>> create(
            @Nullable KeyedRequest request, Function<Once, Uni<T>> create, LongFunction<Uni<T>> find) {
        if (request == null) {
            return create.apply(Once.WITHOUT_KEY).map(Created::now);
        }
        return records.find(request)
                .invoke(KeyTakenException::throwIfPresent)
                .flatMap(none -> create.apply(new OnceForKey(request, records, sessions, vertx)))
                .map(Created::now)
                .onFailure(KeyTakenException.class)
                .recoverWithUni(taken -> repeat(request, taken.earlier(), find));
    }

    private static <T> Uni<Created<T>> repeat(KeyedRequest request, EarlierRequest earlier, LongFunction<Uni<T>> find) {
        if (!earlier.bodyHash().equals(request.bodyHash())) {
            return Uni.createFrom().failure(RepeatRefused.reused());
        }
        return find.apply(earlier.objectId())
                .map(Created::before)
                .onFailure(ApiException.NotFound.class)
                .transform(removed -> RepeatRefused.removed());
    }
}
