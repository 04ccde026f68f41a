package dev.countersign.postgres.row;

import io.smallrye.mutiny.Uni;
import io.vertx.pgclient.PgException;
import java.util.function.Supplier;
import org.hibernate.exception.ConstraintViolationException;

/** Exception: reports that a row would repeat a value that must be unique, such as a slug. */
public final class UniqueViolation extends RuntimeException {

    private static final String UNIQUE_VIOLATION = "23505";

    private final String constraint;

    private UniqueViolation(String constraint) {
        super(constraint, null, false, false);
        this.constraint = constraint;
    }

    /** The name of the constraint that was violated. */
    public String constraint() {
        return constraint;
    }

    /** Runs statements, and turns a violation of a unique constraint into this exception, without the values. */
    public static <T> Uni<T> in(Supplier<Uni<T>> statements) {
        return statements.get().onFailure().transform(UniqueViolation::recognize);
    }

    private static Throwable recognize(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof PgException pg && UNIQUE_VIOLATION.equals(pg.getSqlState())) {
                return new UniqueViolation(String.valueOf(pg.getConstraint()));
            }
            if (cause instanceof ConstraintViolationException violation && violation.getConstraintName() != null) {
                return UNIQUE_VIOLATION.equals(violation.getSQLState())
                        ? new UniqueViolation(violation.getConstraintName())
                        : failure;
            }
        }
        return failure;
    }
}
