package dev.countersign.error;

import io.vertx.core.impl.NoStackTraceThrowable;
import io.vertx.pgclient.PgException;
import java.io.IOException;
import java.util.Set;
import java.util.concurrent.TimeoutException;
import org.hibernate.JDBCException;
import org.hibernate.StaleStateException;
import org.jspecify.annotations.Nullable;

/** Tells what is the database's matter, or another caller's, from a fault of our own. */
final class DatabaseFault {

    /**
     * Shutting down, starting, cancelled by the time limit, read only after a failover, not there while it is being
     * restored.
     */
    private static final Set<String> STATES =
            Set.of("57P01", "57P02", "57P03", "57014", "25006", "55P03", "40001", "40P01", "3D000");

    /** Connections that fail, cannot be had, or are not let in, as while a password is being changed. */
    private static final Set<String> CLASSES = Set.of("08", "53", "28");

    private static final int CLASS_LENGTH = 2;

    private static final String FOREIGN_KEY_VIOLATION = "23503";
    private static final int MAX_CAUSES = 20;

    private DatabaseFault() {}

    /** Whether another request removed, between a look-up and a write, what the write was to change or to belong to. */
    static boolean isGone(Throwable failure) {
        @Nullable Throwable cause = failure;
        for (int i = 0; cause != null && i < MAX_CAUSES; i++) {
            if (cause instanceof StaleStateException || FOREIGN_KEY_VIOLATION.equals(sqlState(cause))) {
                return true;
            }
            cause = cause.getCause();
        }
        return false;
    }

    static boolean isUnavailable(Throwable failure) {
        @Nullable Throwable cause = failure;
        for (int i = 0; cause != null && i < MAX_CAUSES; i++) {
            String state = sqlState(cause);
            if (state != null) {
                return STATES.contains(state)
                        || CLASSES.contains(state.substring(0, Math.min(CLASS_LENGTH, state.length())));
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
        String state = sqlState(failure);
        for (int i = 0; last.getCause() != null && i < MAX_CAUSES; i++) {
            last = last.getCause();
            state = state == null ? sqlState(last) : state;
        }
        return last.getClass().getSimpleName() + (state == null ? "" : " " + state);
    }

    /** The driver's, or what Hibernate has made of it. */
    private static @Nullable String sqlState(Throwable cause) {
        if (cause instanceof PgException pg) {
            return pg.getSqlState();
        }
        return cause instanceof JDBCException jdbc ? jdbc.getSQLState() : null;
    }

    private static boolean isConnection(Throwable cause) {
        return cause instanceof IOException
                || cause instanceof TimeoutException
                || cause instanceof io.vertx.core.VertxException
                || cause instanceof io.smallrye.mutiny.TimeoutException
                || isUntyped(cause);
    }

    /** What the client fails with where no connection was to be had in time, or the one at hand was closed meanwhile. */
    private static boolean isUntyped(Throwable cause) {
        String message = String.valueOf(cause.getMessage());
        return cause instanceof NoStackTraceThrowable
                && (message.equals("Timeout") || message.startsWith("Connection is not active"));
    }
}
