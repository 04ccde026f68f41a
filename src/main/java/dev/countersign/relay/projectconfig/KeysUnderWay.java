package dev.countersign.relay.projectconfig;

import dev.countersign.web.error.ApiException;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/**
 * Limits how many client keys the requests of all relays together ask for at the same time, in each replica, because each takes
 * some kilobytes until the answer is built.
 */
@Singleton
public class KeysUnderWay {

    /** Some 60 MB. A relay has up to five requests of 500 keys under way. */
    private static final int LIMIT = 20_000;

    /** What a small request counts as: the settings of its projects may be large. */
    private static final int LEAST = 1000;

    private final AtomicInteger underWay = new AtomicInteger();

    /**
     * Does work for some keys. Work for any number of keys is accepted while there is no other.
     *
     * @throws ApiException.Unavailable if too many keys are under way
     */
    <T> Uni<T> count(int keys, Supplier<Uni<T>> work) {
        return Uni.createFrom().deferred(() -> {
            int counted = Math.max(keys, LEAST);
            if (underWay.getAndAdd(counted) + counted > Math.max(counted, LIMIT)) {
                underWay.addAndGet(-counted);
                throw new ApiException.Unavailable();
            }
            return Uni.createFrom()
                    .deferred(() -> work.get())
                    .onTermination()
                    .invoke(() -> underWay.addAndGet(-counted));
        });
    }
}
