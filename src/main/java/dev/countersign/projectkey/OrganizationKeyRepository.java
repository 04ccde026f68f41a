package dev.countersign.projectkey;

import dev.countersign.postgres.pool.Sessions;
import dev.countersign.postgres.table.Parameters;
import dev.countersign.projectkey.store.CountedUsageRepository;
import dev.countersign.projectkey.store.KeyFilter;
import dev.countersign.projectkey.store.ProjectKey;
import dev.countersign.projectkey.store.ProjectKeyQuery;
import dev.countersign.web.paging.Page;
import dev.countersign.web.paging.PageRequest;
import io.quarkus.hibernate.reactive.panache.Panache;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;

/** Reads pages of the client keys of all projects of an organization from the database. */
@ApplicationScoped
public class OrganizationKeyRepository {

    private final Sessions sessions;
    private final CountedUsageRepository counted;

    OrganizationKeyRepository(Sessions sessions, CountedUsageRepository counted) {
        this.sessions = sessions;
        this.counted = counted;
    }

    /**
     * Reads a page of an organization's keys, newest first. The query uses a session, because the query may skip many
     * keys between matches: on a shared connection, a slow statement delays the statements behind it. Fails with
     * {@code ApiException.Conflict} where the filter asks for keys unused for longer than usage is counted.
     */
    Uni<Page<ProjectKey>> list(long organizationId, KeyFilter filter, PageRequest request) {
        if (filter.matchesNothing()) {
            return Uni.createFrom().item(Page.empty());
        }
        Parameters parameters = Parameters.ofSession();
        String sql =
                ProjectKeyQuery.select(ProjectKeyQuery.ofOrganization(organizationId, filter, request), parameters);
        String tables = filter.team() == null ? "project_key" : "project_key,project_team";
        return counted.require(filter)
                .flatMap(any -> sessions.read(tables, () -> Panache.getSession().flatMap(session -> {
                    var query = session.createNativeQuery(sql, ProjectKey.class);
                    parameters.byName().forEach(query::setParameter);
                    return query.getResultList();
                })))
                .map(found -> Page.of(request, found, ProjectKey::requireId));
    }
}
