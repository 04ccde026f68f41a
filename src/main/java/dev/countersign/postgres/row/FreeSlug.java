package dev.countersign.postgres.row;

import dev.countersign.slug.Slug;
import io.smallrye.mutiny.Uni;
import java.util.Iterator;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Static helper: stores a row under the requested slug, or under the first free slug made from the name. Tries to store instead
 * of asking first, because another request may take the slug meanwhile.
 */
public final class FreeSlug {

    private FreeSlug() {}

    /**
     * Stores a row under the wanted slug, or under the first free slug made from the name.
     *
     * @param wanted the only slug to try, or null
     * @param store one attempt; fails with {@link UniqueViolation} if the slug is taken
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
