package dev.countersign.postgres.pool;

import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Drops a repeated stack trace from the log while no connection can be opened. The pool of single statements fails such a
 * request at once, and again when its time limit runs out, which nobody waits for any more: issue 1706 of
 * vertx-sql-client. Whatever else is thrown goes where it went before.
 *
 * @param next where that is
 */
record LateTimeoutLogFilter(@Nullable Handler<Throwable> next) implements Handler<Throwable> {

    private static final String POOL = "io.vertx.sqlclient.impl.pool.SqlConnectionPool";

    static void ignore(Vertx vertx) {
        vertx.exceptionHandler(new LateTimeoutLogFilter(vertx.exceptionHandler()));
    }

    @Override
    public void handle(Throwable failure) {
        if (next != null && !isLate(failure)) {
            next.handle(failure);
        }
    }

    private static boolean isLate(Throwable failure) {
        return failure instanceof IllegalStateException
                && Arrays.stream(failure.getStackTrace())
                        .anyMatch(frame -> frame.getClassName().startsWith(POOL));
    }
}
