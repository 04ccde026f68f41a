package dev.countersign.postgres.driver;

import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Drops from the log the second stack trace of a request that could not get a database connection. The pool of single
 * statements fails such a request at once, and a second time when the time limit of the request ends: issue 1706 of
 * vertx-sql-client. All other failures go to the next handler.
 *
 * @param next the handler that was set before, or null
 */
public record LateTimeoutLogFilter(@Nullable Handler<Throwable> next) implements Handler<Throwable> {

    private static final String POOL = "io.vertx.sqlclient.impl.pool.SqlConnectionPool";

    /** Adds this filter before the handler of failures that the instance of Vert.x has. */
    public static void addTo(Vertx vertx) {
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
