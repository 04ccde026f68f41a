package dev.countersign.sqlstate;

import io.vertx.core.Future;
import io.vertx.pgclient.PgException;
import java.io.IOException;
import java.util.Set;
import java.util.concurrent.TimeoutException;
import java.util.regex.Pattern;
import org.hibernate.JDBCException;
import org.hibernate.StaleStateException;
import org.jspecify.annotations.Nullable;

/** Tells what is the database's matter, or another caller's, from a fault of our own. */
public final class DatabaseFault {

    /**
     * Shutting down, starting, cancelled by the time limit, read only after a failover, not there while it is being
     * restored, or without a right that the role needs.
     */
    private static final Set<String> STATES =
            Set.of("57P01", "57P02", "57P03", "57014", "25006", "55P03", "40001", "40P01", "3D000", "42501");

    /** Connections that fail, cannot be had, or are not let in, as while a password is being changed. */
    private static final Set<String> CLASSES = Set.of("08", "53", "28");

    private static final int CLASS_LENGTH = 2;

    private static final String LOCK_NOT_AVAILABLE = "55P03";
    private static final String FOREIGN_KEY_VIOLATION = "23503";
    private static final Pattern LOST = Pattern.compile("closed|lost|not active|reset|Broken pipe");
    private static final int MAX_CAUSES = 20;

    /** What Vert.x makes of a failure that is only a text. */
    private static final Class<? extends Throwable> UNTYPED =
            Future.failedFuture("").cause().getClass();

    private DatabaseFault() {}

    /** Whether PostgreSQL gave up waiting for a lock: the statement, and the transaction around it, did nothing. */
    public static boolean isLocked(Throwable failure) {
        return LOCK_NOT_AVAILABLE.equals(state(failure));
    }

    /** Whether another request removed, between a look-up and a write, what the write was to change or to belong to. */
    public static boolean isGone(Throwable failure) {
        @Nullable Throwable cause = failure;
        for (int i = 0; cause != null && i < MAX_CAUSES; i++) {
            if (cause instanceof StaleStateException || FOREIGN_KEY_VIOLATION.equals(sqlState(cause))) {
                return true;
            }
            cause = cause.getCause();
        }
        return false;
    }

    /** Whether the database, or the way to it, was not there for the request: 503, and the client may try again. */
    public static boolean isUnavailable(Throwable failure) {
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

    /** One line: PostgreSQL's own message and SQL state where the database is at fault, as such messages quote no values. */
    public static String describe(Throwable failure) {
        if (!isUnavailable(failure)) {
            return kind(failure);
        }
        Throwable last = last(failure);
        String message = String.valueOf(last instanceof PgException pg ? pg.getErrorMessage() : last.getMessage());
        String line = message.lines().findFirst().orElse("");
        String state = state(failure);
        if (state == null) {
            return last.getClass().getSimpleName() + ": " + line;
        }
        String suffix = " (" + state + ")";
        return line.endsWith(suffix) ? line : line + suffix;
    }

    /** SQL state, or type: two failures of one kind are one fault. A connection is lost in many words. */
    static String kind(Throwable failure) {
        String state = state(failure);
        if (state != null) {
            return state;
        }
        Throwable last = last(failure);
        return LOST.matcher(String.valueOf(last.getMessage())).find()
                ? LOST.pattern()
                : last.getClass().getSimpleName();
    }

    private static Throwable last(Throwable failure) {
        Throwable last = failure;
        for (int i = 0; last.getCause() != null && i < MAX_CAUSES; i++) {
            last = last.getCause();
        }
        return last;
    }

    /** The SQL state of the answer of PostgreSQL, or null where PostgreSQL did not answer. */
    public static @Nullable String state(Throwable failure) {
        @Nullable Throwable cause = failure;
        for (int i = 0; cause != null && i < MAX_CAUSES; i++) {
            String state = sqlState(cause);
            if (state != null) {
                return state;
            }
            cause = cause.getCause();
        }
        return null;
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
        return UNTYPED.isInstance(cause)
                && (message.equals("Timeout") || message.startsWith("Connection is not active"));
    }
}
