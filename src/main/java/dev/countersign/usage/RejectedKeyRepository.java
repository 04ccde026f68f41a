package dev.countersign.usage;

import dev.countersign.postgres.pool.Sessions;
import dev.countersign.postgres.table.Parameters;
import dev.countersign.projectkey.store.ProjectKeyQuery;
import dev.countersign.projectkey.store.ProjectKeyTable;
import dev.countersign.web.paging.Page;
import dev.countersign.web.paging.PageRequest;
import io.quarkus.hibernate.reactive.panache.Panache;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Reads pages of an organization's client keys that were removed or are not active although events still come with them. */
@ApplicationScoped
public class RejectedKeyRepository {

    /** Each part reads its own index in the order of the list, and no more rows than the page and those before need. */
    private static final String PAGE = """
            select public_key, label, project_id, reason, rejected,
                cast(extract(epoch from last_rejected) * 1000 as bigint) as millis
            from (
                (select public_key, label, project_id, 'removed' as reason, rejected, last_rejected
                from removed_client_key
                where organization_id = %1$s and last_rejected is not null%2$s%3$s
                order by last_rejected %4$s, public_key %4$s limit %5$d)
                union all
                (select public_key, label, project_id, case when active then 'expired' else 'inactive' end as reason,
                    rejected, last_rejected
                from (
                    select key_id, rejected, last_rejected from key_last_seen
                    where organization_id = %1$s and last_rejected is not null and rejected > 0
                ) seen join project_key on project_key.id = key_id
                where not %7$s%2$s%3$s
                order by last_rejected %4$s, public_key %4$s limit %5$d)) used
            order by last_rejected %4$s, public_key %4$s offset %6$d limit %5$d""";

    private final Sessions sessions;

    RejectedKeyRepository(Sessions sessions) {
        this.sessions = sessions;
    }

    /**
     * Reads a page of these keys, those that came last first.
     *
     * @param everyUseCase whether to show keys whose use case is not {@code user}
     */
    Uni<Page<RejectedKey>> list(long organizationId, boolean everyUseCase, PageRequest request) {
        Parameters parameters = Parameters.ofSession();
        String sql = PAGE.formatted(
                parameters.add(organizationId),
                ProjectKeyQuery.useCases(everyUseCase),
                from(UsageEdge.of(request), request, parameters),
                request.cursor().backward() ? "asc" : "desc",
                request.skip() + request.fetch(),
                request.skip(),
                ProjectKeyTable.ACTIVE_NOW);
        return sessions.read("project_key,key_last_seen,removed_client_key", () -> Panache.getSession()
                        .flatMap(session -> {
                            var query = session.createNativeQuery(sql, Object[].class);
                            parameters.byName().forEach(query::setParameter);
                            return query.getResultList();
                        }))
                .map(rows -> rows.stream().map(RejectedKeyRepository::read).toList())
                .map(rows -> Page.of(request, rows, RejectedKey::edge));
    }

    private static String from(@Nullable UsageEdge edge, PageRequest request, Parameters parameters) {
        return edge == null
                ? ""
                : " and (last_rejected, public_key) " + (request.cursor().backward() ? ">=" : "<=")
                        + " (to_timestamp(cast(" + parameters.add(edge.number()) + " as bigint) / 1000.0), "
                        + parameters.add(edge.id()) + ")";
    }

    private static RejectedKey read(Object[] row) {
        return new RejectedKey(
                (String) row[0],
                (String) row[1],
                (Long) row[2],
                (String) row[3],
                (Long) row[4],
                Instant.ofEpochMilli((Long) row[5]));
    }
}
