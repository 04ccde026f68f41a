package dev.countersign.usage;

import dev.countersign.postgres.pool.Sessions;
import dev.countersign.postgres.table.Parameters;
import dev.countersign.projectkey.store.ProjectKeyQuery;
import dev.countersign.projectkey.store.ProjectKeyTable;
import dev.countersign.retention.RetentionConfig;
import dev.countersign.retention.RetentionRepository;
import dev.countersign.web.paging.Page;
import dev.countersign.web.paging.PageRequest;
import io.quarkus.hibernate.reactive.panache.Panache;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;

/** Reads pages of an organization's client keys that were removed or are not active although events still come with them. */
@ApplicationScoped
public class RejectedKeyRepository {

    /**
     * Each part reads its own index in the order of the list, and no more rows than the page and those before need. A removed key
     * has the key id 0, so it follows the keys that were refused at the same time.
     */
    private static final String PAGE = """
            select public_key, label, project_id, reason, events, cast(extract(epoch from last) * 1000 as bigint) as millis, key_id
            from (
                (select public_key, label, project_id, 'removed' as reason, rejected as events, last_rejected as last,
                    cast(0 as bigint) as key_id
                from removed_client_key
                where organization_id = %1$s and last_rejected is not null%2$s%3$s
                order by last_rejected %4$s, public_key %4$s limit %5$d)
                union all
                (select public_key, label, project_id, case when active then 'expired' else 'inactive' end as reason,
                    events, last, key_id
                from (
                    select key_id, refused as events, last_refused as last from key_last_seen
                    where organization_id = %1$s and last_refused > %8$s%9$s
                ) seen join project_key on project_key.id = key_id
                where not %7$s%2$s
                order by last %4$s, key_id %4$s limit %5$d)) used
            order by last %4$s, key_id %4$s, public_key %4$s offset %6$d limit %5$d""";

    private final Sessions sessions;
    private final Duration kept;

    RejectedKeyRepository(Sessions sessions, RetentionConfig retention) {
        this.sessions = sessions;
        this.kept = retention.usageHours();
    }

    /**
     * Reads a page of these keys, those that came last first.
     *
     * @param everyUseCase whether to show keys whose use case is not {@code user}
     */
    Uni<Page<RejectedKey>> list(long organizationId, boolean everyUseCase, PageRequest request) {
        Parameters parameters = Parameters.ofSession();
        UsageEdge edge = UsageEdge.of(request);
        String compared = request.cursor().backward() ? " >= " : " <= ";
        String sql = PAGE.formatted(
                parameters.add(organizationId),
                ProjectKeyQuery.useCases(everyUseCase),
                edge == null ? "" : removedFrom(edge, compared, parameters),
                request.cursor().backward() ? "asc" : "desc",
                request.skip() + request.fetch(),
                request.skip(),
                ProjectKeyTable.ACTIVE_NOW,
                RetentionRepository.before(kept),
                edge == null ? "" : refusedFrom(edge, compared, parameters));
        return sessions.read("project_key,key_last_seen,removed_client_key", () -> Panache.getSession()
                        .flatMap(session -> {
                            var query = session.createNativeQuery(sql, Object[].class);
                            parameters.byName().forEach(query::setParameter);
                            return query.getResultList();
                        }))
                .map(rows -> rows.stream().map(RejectedKeyRepository::read).toList())
                .map(rows -> Page.of(request, rows, RejectedKey::edge));
    }

    private static String removedFrom(UsageEdge edge, String compared, Parameters parameters) {
        boolean isRemoved = RejectedKey.isRemoved(edge);
        return " and (last_rejected, " + (isRemoved ? "public_key" : "cast(0 as bigint)") + ")" + compared + "("
                + time(edge, parameters) + ", " + parameters.add(isRemoved ? edge.id() : edge.numericId()) + ")";
    }

    private static String refusedFrom(UsageEdge edge, String compared, Parameters parameters) {
        return " and (last_refused, key_id)" + compared + "(" + time(edge, parameters) + ", "
                + parameters.add(RejectedKey.isRemoved(edge) ? 0L : edge.numericId()) + ")";
    }

    private static String time(UsageEdge edge, Parameters parameters) {
        return "to_timestamp(cast(" + parameters.add(edge.number()) + " as bigint) / 1000.0)";
    }

    private static RejectedKey read(Object[] row) {
        return new RejectedKey(
                (String) row[0],
                (String) row[1],
                (Long) row[2],
                (String) row[3],
                (Long) row[4],
                Instant.ofEpochMilli((Long) row[5]),
                (Long) row[6]);
    }
}
