package dev.countersign.postgres.driver;

import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Handles uncaught failures of Vert.x: ignores the second failure of a request that could not get a database connection, and
 * passes all others to the next handler, which logs them. The pool of single statements fails such a request at once, and a
 * second time when the time limit of the request ends: issue 1706 of vertx-sql-client.
 *
 * @param next the handler that was set before, or null
 */
public record LateTimeoutHandler(@Nullable Handler<Throwable> next) implements Handler<Throwable> {

    private static final String POOL = "io.vertx.sqlclient.impl.pool.SqlConnectionPool";

    /** Adds this handler before the handler of failures that the instance of Vert.x has. */
    public static void addTo(Vertx vertx) {
        vertx.exceptionHandler(new LateTimeoutHandler(vertx.exceptionHandler()));
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
