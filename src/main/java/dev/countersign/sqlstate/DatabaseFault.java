package dev.countersign.sqlstate;

import io.vertx.core.Future;
import io.vertx.pgclient.PgException;
import java.io.IOException;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.TimeoutException;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.hibernate.JDBCException;
import org.hibernate.StaleStateException;
import org.jspecify.annotations.Nullable;

/**
 * Static helper: classifies an exception: the database is unavailable, another request holds a lock or removed a row, or
 * neither.
 */
public final class DatabaseFault {

    /** The SQL state of a server that takes no writes. */
    public static final String READ_ONLY = "25006";

    /** The SQL state of a statement that gave up waiting for a lock. */
    public static final String LOCK_NOT_AVAILABLE = "55P03";

    private static final String DEADLOCK = "40P01";

    /** The SQL states of a server that shuts down, was killed, or still starts. */
    private static final Set<String> LOST_STATES = Set.of("57P01", "57P02", "57P03");

    /** The class of SQL states for connections that fail. */
    private static final String LOST_CLASS = "08";

    /**
     * The other SQL states of an unavailable database: a statement past its time limit, read-only after a failover, a lock or
     * another transaction in the way, absent during a restore, or a missing privilege of the role.
     */
    private static final Set<String> STATES =
            Set.of("57014", READ_ONLY, LOCK_NOT_AVAILABLE, "40001", DEADLOCK, "3D000", "42501");

    /** The classes of SQL states for connections that are too many, or are refused, such as during a password change. */
    private static final Set<String> CLASSES = Set.of("53", "28");

    private static final int CLASS_LENGTH = 2;

    private static final String FOREIGN_KEY_VIOLATION = "23503";
    private static final Pattern CONNECTION_LOST = Pattern.compile("closed|lost|not active|reset|Broken pipe");
    private static final int MAX_CAUSES = 20;

    /** The type of the exception that Vert.x makes from a bare text. */
    private static final Class<? extends Throwable> BARE_TEXT_FAILURE =
            Future.failedFuture("").cause().getClass();

    private DatabaseFault() {}

    /** Whether PostgreSQL stopped waiting for a lock. The statement and its transaction had no effect. */
    public static boolean isLocked(Throwable failure) {
        return LOCK_NOT_AVAILABLE.equals(state(failure));
    }

    /** Whether another request removed the row that a write changes or refers to, after the look-up of this row. */
    public static boolean isRowRemoved(Throwable failure) {
        for (Throwable cause : causes(failure)) {
            if (cause instanceof StaleStateException || FOREIGN_KEY_VIOLATION.equals(sqlState(cause))) {
                return true;
            }
        }
        return false;
    }

    /** Whether PostgreSQL refused a statement for its values, or broke a deadlock, where other values might have been accepted. */
    public static boolean isOfValues(Throwable failure) {
        String state = state(failure);
        return state != null && (state.equals(DEADLOCK) || !isUnavailable(failure));
    }

    /** Whether the database or its connection was unavailable: the answer is 503, and the client may try again. */
    public static boolean isUnavailable(Throwable failure) {
        for (Throwable cause : causes(failure)) {
            String state = sqlState(cause);
            if (state != null) {
                return isServerLost(state)
                        || STATES.contains(state)
                        || CLASSES.contains(state.substring(0, Math.min(CLASS_LENGTH, state.length())));
            }
            if (isConnection(cause)) {
                return true;
            }
        }
        return false;
    }

    /** Whether an SQL state means that the server of a connection is gone, or will be. */
    public static boolean isServerLost(String state) {
        return LOST_STATES.contains(state) || state.startsWith(LOST_CLASS);
    }

    /** One line about a failure. An unavailable database gives PostgreSQL's message, which quotes no values, and SQL state. */
    public static String describe(Throwable failure) {
        if (!isUnavailable(failure)) {
            return kind(failure);
        }
        Throwable rootCause = rootCause(failure);
        String message =
                String.valueOf(rootCause instanceof PgException pg ? pg.getErrorMessage() : rootCause.getMessage());
        String line = message.lines().findFirst().orElse("");
        String state = state(failure);
        if (state == null) {
            return rootCause.getClass().getSimpleName() + ": " + line;
        }
        String suffix = " (" + state + ")";
        return line.endsWith(suffix) ? line : line + suffix;
    }

    /** The kind of a failure: its SQL state or exception type. The many messages of a lost connection are one kind. */
    static String kind(Throwable failure) {
        String state = state(failure);
        if (state != null) {
            return state;
        }
        Throwable rootCause = rootCause(failure);
        return CONNECTION_LOST.matcher(String.valueOf(rootCause.getMessage())).find()
                ? CONNECTION_LOST.pattern()
                : rootCause.getClass().getSimpleName();
    }

    private static Throwable rootCause(Throwable failure) {
        List<Throwable> causes = causes(failure);
        return causes.get(causes.size() - 1);
    }

    /** The SQL state of PostgreSQL's answer, or null if PostgreSQL did not answer. */
    public static @Nullable String state(Throwable failure) {
        for (Throwable cause : causes(failure)) {
            String state = sqlState(cause);
            if (state != null) {
                return state;
            }
        }
        return null;
    }

    /** The failure and its causes, outermost first. The limit ends a chain that leads back to itself. */
    private static List<Throwable> causes(Throwable failure) {
        return Stream.iterate(failure, Objects::nonNull, Throwable::getCause)
                .limit(MAX_CAUSES)
                .toList();
    }

    /** The SQL state of one exception, of the driver or of Hibernate; or null. */
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
                || isBareTextFailure(cause);
    }

    /** Whether the driver got no connection in time, or its connection had closed. The driver reports both as a bare text. */
    private static boolean isBareTextFailure(Throwable cause) {
        String message = String.valueOf(cause.getMessage());
        return BARE_TEXT_FAILURE.isInstance(cause)
                && (message.equals("Timeout") || message.startsWith("Connection is not active"));
    }
}
