package dev.countersign.usage;

import dev.countersign.postgres.pool.Sessions;
import dev.countersign.postgres.table.Parameters;
import dev.countersign.projectkey.store.CountedUsageRepository;
import dev.countersign.projectkey.store.KeyFilter;
import dev.countersign.projectkey.store.ProjectKeyQuery;
import dev.countersign.projectkey.store.ProjectKeyTable;
import dev.countersign.ratelimit.RateLimit;
import dev.countersign.web.paging.Page;
import dev.countersign.web.paging.PageRequest;
import io.quarkus.hibernate.reactive.panache.Panache;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Reads pages of an organization's client keys with their usage, sorted by last use or by rejected events. Keys that were seen
 * come from an index in this order, or of their minutes, and keys that were never seen from the index of all keys, as before
 * everything else.
 */
@ApplicationScoped
public class KeyUsageRepository {

    private static final String KEY =
            "select project_key.id, public_key, label, project_id, " + ProjectKeyTable.ACTIVE_NOW + " as active_now, "
                    + ProjectKeyTable.RATE_LIMIT_WINDOW.name() + ", " + ProjectKeyTable.RATE_LIMIT_COUNT.name();

    /**
     * The inner order has PostgreSQL sort before the join, so that the keys of one minute do not all need their names. The inner
     * limit is never reached: with a limit PostgreSQL prefers the plan that has the first rows soon.
     */
    private static final String SEEN = KEY + """
            , cast(extract(epoch from last_seen) * 1000 as bigint) as seen_millis, accepted, limited, rejected
            from project_key join (
                select key_id, seen_minute, last_seen, accepted, limited, rejected from key_last_seen
                where organization_id = %1$s%2$s order by %4$s limit 1000000000
            ) seen on key_id = project_key.id
            where %3$s order by %4$s offset %%1$d limit %%2$d""";

    private static final String NEVER_SEEN = KEY + """
            , cast(null as bigint) as seen_millis, cast(0 as bigint) as accepted, cast(0 as bigint) as limited,
            cast(0 as bigint) as rejected
            from project_key where %1$s%2$s and not exists (select from key_last_seen where key_id = project_key.id)
            order by project_key.id %3$s offset %%1$d limit %%2$d""";

    private final Sessions sessions;
    private final CountedUsageRepository counted;

    KeyUsageRepository(Sessions sessions, CountedUsageRepository counted) {
        this.sessions = sessions;
        this.counted = counted;
    }

    /** Reads a page of an organization's keys. */
    Uni<Page<KeyUsage>> list(long organizationId, KeyFilter filter, UsageOrder order, PageRequest request) {
        if (filter.matchesNothing()) {
            return Uni.createFrom().item(Page.empty());
        }
        UsageEdge edge = UsageEdge.of(request);
        boolean descending = order.descending() != request.cursor().backward();
        Order sorted = new Order(order, edge, descending);
        return counted.require(filter)
                .flatMap(any -> sessions.read(
                        "project_key,key_last_seen",
                        () -> read(organizationId, filter, sorted, sorted.parts(), request.skip(), request.fetch())))
                .map(rows -> Page.of(request, rows, key -> key.edge(order)));
    }

    /**
     * Reads rows of the first part of the list, and of the next part if the first has too few.
     *
     * @param parts whether the keys of each part were seen
     */
    private Uni<List<KeyUsage>> read(
            long organizationId, KeyFilter filter, Order order, List<Boolean> parts, int skip, int limit) {
        Parameters parameters = Parameters.ofSession();
        String sql = order.sql(parts.get(0), organizationId, filter, parameters).formatted(skip, limit);
        return Panache.getSession()
                .flatMap(session -> {
                    var query = session.createNativeQuery(sql, Object[].class);
                    parameters.byName().forEach(query::setParameter);
                    return query.getResultList();
                })
                .map(rows -> rows.stream().map(KeyUsageRepository::read).toList())
                .flatMap(rows -> parts.size() == 1 || rows.size() == limit
                        ? Uni.createFrom().item(rows)
                        : read(organizationId, filter, order, parts.subList(1, 2), 0, limit - rows.size())
                                .map(others -> Stream.concat(rows.stream(), others.stream())
                                        .toList()));
    }

    private static KeyUsage read(Object[] row) {
        Integer window = (Integer) row[5];
        Integer count = (Integer) row[6];
        Long seen = (Long) row[7];
        return new KeyUsage(
                (Long) row[0],
                (String) row[1],
                (String) row[2],
                (Long) row[3],
                (Boolean) row[4],
                window == null || count == null ? null : new RateLimit(window, count),
                seen == null ? null : Instant.ofEpochMilli(seen),
                (Long) row[8],
                (Long) row[9],
                (Long) row[10]);
    }

    /**
     * Builds the SQL of a page.
     *
     * @param edge the row at which the page begins, or null
     */
    private record Order(UsageOrder by, @Nullable UsageEdge edge, boolean descending) {

        /** The parts of the list from the edge on: {@code true} for the keys that were seen. */
        List<Boolean> parts() {
            boolean first = descending;
            boolean edgeIsLater = edge != null && first != isSeen(edge);
            return edgeIsLater ? List.of(!first) : List.of(first, !first);
        }

        /** SQL with {@code %1$d} for the number of rows to skip and {@code %2$d} for the number of rows. */
        String sql(boolean seen, long organizationId, KeyFilter filter, Parameters parameters) {
            UsageEdge from = edge != null && isSeen(edge) == seen ? edge : null;
            String direction = descending ? "desc" : "asc";
            String matching = ProjectKeyQuery.matching(organizationId, filter).sql(parameters);
            return seen
                    ? SEEN.formatted(
                            parameters.add(organizationId),
                            from == null ? "" : " and " + by.from(from, compared(), parameters),
                            matching,
                            by.columns(direction))
                    : NEVER_SEEN.formatted(
                            matching,
                            from == null ? "" : " and project_key.id" + compared() + parameters.add(from.numericId()),
                            direction);
        }

        private String compared() {
            return descending ? " <= " : " >= ";
        }

        private static boolean isSeen(UsageEdge edge) {
            return edge.number() != KeyUsage.NEVER_SEEN;
        }
    }
}
