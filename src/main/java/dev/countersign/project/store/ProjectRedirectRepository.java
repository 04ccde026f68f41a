package dev.countersign.project.store;

import dev.countersign.credential.Caller;
import dev.countersign.postgres.pool.Sessions;
import dev.countersign.slug.IdOrSlug;
import dev.countersign.web.error.ApiException;
import io.quarkus.hibernate.reactive.panache.Panache;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import org.jspecify.annotations.Nullable;

/** The slugs that projects had before they were renamed. */
@ApplicationScoped
public class ProjectRedirectRepository {

    /** A row where there is the organization, in it the new slug where there is the redirect. */
    private static final String MOVED = "select o.id, p.slug from Organization o"
            + " left join ProjectRedirect r on r.organizationId = o.id and r.slug = :slug"
            + " left join Project p on p.id = r.projectId where ";

    private static final String NO_SLUG = "";

    private static final String REDIRECT = "insert into project_redirect (organization_id, slug, project_id)"
            + " values (:organization, :slug, :project)"
            + " on conflict (organization_id, slug) do update set project_id = excluded.project_id";

    private final Sessions sessions;

    ProjectRedirectRepository(Sessions sessions) {
        this.sessions = sessions;
    }

    /** Remembers the slug that a project had; a later rename of another project away from it takes it over. */
    Uni<Integer> add(ConfiguredProject project, String formerSlug) {
        return Panache.getSession().flatMap(session -> session.createNativeQuery(REDIRECT)
                .setParameter("organization", project.organizationId)
                .setParameter("slug", formerSlug)
                .setParameter("project", project.requireId())
                .executeUpdate());
    }

    /**
     * Always fails.
     *
     * @throws ApiException.Moved where a project had the slug of the path before
     * @throws ApiException.NotFound where none had it, or there is no such organization
     */
    Uni<ProjectReference> failWithNewSlug(Caller caller, IdOrSlug organization, IdOrSlug project) {
        String query = MOVED + organization.column("o.id", "o.slug") + " = :organization";
        return sessions.read("project_redirect,project,organization", () -> Panache.getSession()
                        .flatMap(session -> session.createSelectionQuery(query, Object[].class)
                                .setParameter("organization", organization.value())
                                .setParameter("slug", project.slug() == null ? NO_SLUG : project.slug())
                                .getSingleResultOrNull()))
                .onItem()
                .transform(row -> {
                    if (row == null || row[1] == null) {
                        throw notFound(caller, row == null ? null : (Long) row[0]);
                    }
                    caller.requireOrganization((Long) row[0]);
                    throw new ApiException.Moved((String) row[1]);
                });
    }

    /**
     * Tells a credential of one organization nothing of another one, not even whether there is one.
     *
     * @param organizationId the one of the path, or null where there is none
     */
    private static ApiException notFound(Caller caller, @Nullable Long organizationId) {
        boolean hidden =
                caller.reach().choose(() -> false, own -> organizationId == null || organizationId.longValue() != own);
        if (hidden) {
            return new ApiException.NotFound().explain("The credential has no such organization");
        }
        return ApiException.NotFound.of(organizationId == null ? "organization" : "project");
    }
}
