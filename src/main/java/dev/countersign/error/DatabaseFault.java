package dev.countersign.error;

import io.vertx.pgclient.PgException;
import java.io.IOException;
import java.util.Set;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** Tells a database that is away, full or too slow from a fault of our own. */
final class DatabaseFault {

    /** Shutting down, starting, out of connections, cancelled by the time limit, read only after a failover. */
    private static final Set<String> STATES =
            Set.of("57P01", "57P02", "57P03", "57014", "53300", "53400", "25006", "55P03", "40001", "40P01");

    private static final int MAX_CAUSES = 20;

    private DatabaseFault() {}

    static boolean isUnavailable(Throwable failure) {
        @Nullable Throwable cause = failure;
        for (int i = 0; cause != null && i < MAX_CAUSES; i++) {
            if (cause instanceof PgException pg) {
                String state = String.valueOf(pg.getSqlState());
                return STATES.contains(state) || state.startsWith("08") || state.startsWith("53");
            }
            if (isConnection(cause)) {
                return true;
            }
            cause = cause.getCause();
        }
        return false;
    }

    /** Type and SQL state: a message of the driver may quote values. */
    static String summary(Throwable failure) {
        Throwable last = failure;
        for (int i = 0; last.getCause() != null && i < MAX_CAUSES; i++) {
            last = last.getCause();
        }
        return last.getClass().getSimpleName() + (last instanceof PgException pg ? " " + pg.getSqlState() : "");
    }

    private static boolean isConnection(Throwable cause) {
        return cause instanceof IOException
                || cause instanceof TimeoutException
                || cause instanceof io.vertx.core.VertxException
                || cause instanceof io.smallrye.mutiny.TimeoutException
                || String.valueOf(cause.getMessage()).contains("Timeout waiting for connection");
    }
}
