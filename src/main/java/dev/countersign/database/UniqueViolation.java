package dev.countersign.database;

import dev.countersign.error.ApiException;
import io.smallrye.mutiny.Uni;
import io.vertx.pgclient.PgException;
import java.util.function.Supplier;
import org.hibernate.exception.ConstraintViolationException;
import org.jspecify.annotations.Nullable;

/** A value that must be unique is in use already. */
public final class UniqueViolation extends RuntimeException {

    private static final String UNIQUE_VIOLATION = "23505";
    private static final String FOREIGN_KEY_VIOLATION = "23503";

    private final String constraint;

    private UniqueViolation(String constraint) {
        super(constraint, null, false, false);
        this.constraint = constraint;
    }

    /** The name of the constraint that was violated. */
    public String constraint() {
        return constraint;
    }

    /**
     * Runs statements; a violation of a unique constraint fails with its name, without the values.
     *
     * @throws ApiException.NotFound where the row that a new one belongs to was deleted meanwhile
     */
    public static <T> Uni<T> in(Supplier<Uni<T>> statements) {
        return statements.get().onFailure().transform(UniqueViolation::recognize);
    }

    private static Throwable recognize(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof PgException pg) {
                return recognize(failure, pg.getSqlState(), pg.getConstraint());
            }
            if (cause instanceof ConstraintViolationException violation && violation.getConstraintName() != null) {
                return recognize(failure, violation.getSQLState(), violation.getConstraintName());
            }
        }
        return failure;
    }

    private static Throwable recognize(Throwable failure, @Nullable String state, @Nullable String constraint) {
        if (UNIQUE_VIOLATION.equals(state)) {
            return new UniqueViolation(String.valueOf(constraint));
        }
        return FOREIGN_KEY_VIOLATION.equals(state) ? new ApiException.NotFound() : failure;
    }
}
