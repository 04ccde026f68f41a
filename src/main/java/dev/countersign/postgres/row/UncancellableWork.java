package dev.countersign.postgres.row;

import io.smallrye.mutiny.Uni;

/** Static helper: runs the work of a request to its end, even if the client hangs up. */
public final class UncancellableWork {

    private UncancellableWork() {}

    /**
     * Runs work to its end even if its subscriber cancels. Cancellation inside a transaction would leave the connection
     * in an undefined state.
     */
    public static <T> Uni<T> run(Uni<T> work) {
        return Uni.createFrom().emitter(emitter -> work.subscribe().with(emitter::complete, emitter::fail));
    }
}
