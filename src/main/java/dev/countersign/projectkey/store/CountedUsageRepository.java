package dev.countersign.projectkey.store;

import dev.countersign.postgres.pool.Statements;
import dev.countersign.web.error.ApiException;
import io.smallrye.mutiny.Uni;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import org.jspecify.annotations.Nullable;

/**
 * Checks in the database since when the usage of client keys is counted, and refuses to list unused keys over a longer time, so
 * that nobody takes a key for unused that was only not counted.
 */
@ApplicationScoped
public class CountedUsageRepository {

    /** Why a list with {@code unusedFor} is refused, for the OpenAPI document. */
    public static final String CONFLICT_WORDS =
            "Usage is counted for fewer days than unusedFor asks for, or not at all.";

    /** Whether usage was counted for so many days, and is being counted: each gate notes that it counts once a minute. */
    private static final String COUNTED = """
            select counted_since, counted_since <= now() - interval '1 day' * $1::integer
            from usage_counting where counted_until > now() - interval '1 hour'""";

    private final Statements statements;

    CountedUsageRepository(Statements statements) {
        this.statements = statements;
    }

    /**
     * Makes sure that usage is counted for as many days as a filter asks for.
     *
     * @throws ApiException.Conflict where it is not
     */
    public Uni<Void> require(KeyFilter filter) {
        return filter.unusedForDays() == null
                ? Uni.createFrom().voidItem()
                : statements
                        .first(COUNTED, Tuple.of(filter.unusedForDays()), row -> row)
                        .invoke(CountedUsageRepository::check)
                        .replaceWithVoid();
    }

    private static void check(@Nullable Row counted) {
        if (counted == null || !counted.getBoolean(1)) {
            String since = counted == null
                    ? "never"
                    : counted.getOffsetDateTime(0).toInstant().toString();
            throw new ApiException.Conflict("Usage is counted since " + since + ".");
        }
    }
}
