package dev.countersign.postgres.row;

import dev.countersign.web.paging.Page;
import dev.countersign.web.paging.PageRequest;
import io.quarkus.hibernate.reactive.panache.Panache;
import io.smallrye.mutiny.Uni;
import java.util.Map;
import java.util.function.Function;

/**
 * A query of which one page is read, by an index on its sort column.
 *
 * @param type what a row becomes
 * @param query HQL up to and including a {@code where} clause
 * @param parameters of the query
 */
public record PagedQuery<T>(Class<T> type, String query, Map<String, Object> parameters) {

    /** The page of a list that is sorted by id, newest first. */
    public Uni<Page<T>> newestFirst(PageRequest request, String column, Function<T, Object> id) {
        return read(request, request.descending(column), id, true);
    }

    /** The page of a list that is sorted by slug. */
    public Uni<Page<T>> bySlug(PageRequest request, String column, Function<T, Object> slug) {
        return read(request, request.ascending(column), slug, false);
    }

    private Uni<Page<T>> read(PageRequest request, String clause, Function<T, Object> value, boolean numeric) {
        return Panache.withSession(() -> Panache.getSession().flatMap(session -> {
            var select = session.createSelectionQuery(query + clause, type)
                    .setFirstResult(request.skip())
                    .setMaxResults(request.fetch());
            parameters.forEach(select::setParameter);
            if (request.cursor().hasValue()) {
                select.setParameter(
                        "edge",
                        numeric ? request.cursor().id() : request.cursor().value());
            }
            return select.getResultList().map(rows -> Page.of(request, rows, value));
        }));
    }
}
