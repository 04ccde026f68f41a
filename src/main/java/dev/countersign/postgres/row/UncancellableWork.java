package dev.countersign.postgres.row;

import io.smallrye.mutiny.Uni;

/** Work that goes on when the client that asked for it hangs up. */
public final class UncancellableWork {

    private UncancellableWork() {}

    /**
     * Runs work to its end although its result may be waited for no longer: a request that is cancelled inside a
     * transaction would leave the transaction's connection in an undefined state.
     */
    public static <T> Uni<T> run(Uni<T> work) {
        return Uni.createFrom().emitter(emitter -> work.subscribe().with(emitter::complete, emitter::fail));
    }
}
