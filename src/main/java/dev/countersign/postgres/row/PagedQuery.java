package dev.countersign.postgres.row;

import dev.countersign.postgres.pool.Sessions;
import dev.countersign.web.paging.Page;
import dev.countersign.web.paging.PageRequest;
import io.quarkus.hibernate.reactive.panache.Panache;
import io.smallrye.mutiny.Uni;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Reads one page of a list with an HQL query, through an index on the sort column.
 *
 * @param type the class of the object for a row
 * @param query HQL up to and including a {@code where} clause
 * @param parameters of the query
 */
public record PagedQuery<T>(Class<T> type, String query, Map<String, Object> parameters) {

    private static final Pattern ENTITY = Pattern.compile("\\b(?:from|join) (\\w+)");

    /** The query with further conditions. */
    public PagedQuery<T> and(HqlConditions conditions) {
        return new PagedQuery<>(type, query + conditions.clause(), conditions.parameters(parameters));
    }

    /** Reads the page of a list sorted by id, newest first. */
    public Uni<Page<T>> newestFirst(Sessions sessions, PageRequest request, String column, Function<T, Object> id) {
        return read(sessions, request, request.descending(column, () -> ":edge"), id, true);
    }

    /** Reads the page of a list sorted by slug. */
    public Uni<Page<T>> bySlug(Sessions sessions, PageRequest request, String column, Function<T, Object> slug) {
        return read(sessions, request, request.ascending(column, () -> ":edge"), slug, false);
    }

    private Uni<Page<T>> read(
            Sessions sessions, PageRequest request, String clause, Function<T, Object> value, boolean numeric) {
        return sessions.read(tables(), () -> Panache.getSession().flatMap(session -> {
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

    /** The tables of the query, by the names of their entities. */
    private String tables() {
        return ENTITY.matcher(query)
                .results()
                .map(found -> found.group(1))
                .distinct()
                .sorted()
                .collect(Collectors.joining(","));
    }
}
