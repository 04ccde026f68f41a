package dev.countersign.postgres.row;

import dev.countersign.slug.Slug;
import io.smallrye.mutiny.Uni;
import java.util.Iterator;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Stores something under a slug that is free: only the attempt itself can tell, as others may take it meanwhile. */
public final class FreeSlug {

    private FreeSlug() {}

    /**
     * Stores under the slug that was asked for, or under the first one made from the name that is free.
     *
     * @param wanted the slug it must have, or null
     * @param store one attempt; fails with {@link UniqueViolation} where the slug is taken
     */
    public static <T> Uni<T> find(Slug rules, @Nullable String wanted, String name, Function<String, Uni<T>> store) {
        return wanted != null ? store.apply(wanted) : next(rules.candidates(name), store);
    }

    private static <T> Uni<T> next(Iterator<String> candidates, Function<String, Uni<T>> store) {
        return store.apply(candidates.next())
                .onFailure(failure -> failure instanceof UniqueViolation && candidates.hasNext())
                .recoverWithUni(() -> next(candidates, store));
    }
}
