package dev.countersign.project.store;

import dev.countersign.credential.Caller;
import dev.countersign.slug.IdOrSlug;
import dev.countersign.web.error.ApiException;
import io.quarkus.hibernate.reactive.panache.Panache;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;

/** The slugs that projects had before they were renamed. */
@ApplicationScoped
public class ProjectRedirectRepository {

    private static final String MOVED = "select p.slug, p.organizationId from ProjectRedirect r"
            + " join Project p on p.id = r.projectId join Organization o on o.id = p.organizationId"
            + " where r.slug = :slug and ";

    private static final String REDIRECT = "insert into project_redirect (organization_id, slug, project_id)"
            + " values (:organization, :slug, :project)"
            + " on conflict (organization_id, slug) do update set project_id = excluded.project_id";

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
     * @throws ApiException.NotFound where none had it
     */
    Uni<ProjectReference> failWithNewSlug(Caller caller, IdOrSlug organization, IdOrSlug project) {
        if (project.slug() == null) {
            return Uni.createFrom().failure(ApiException.NotFound.of("project"));
        }
        String query = MOVED + organization.column("o.id", "o.slug") + " = :organization";
        return Panache.withSession(() -> Panache.getSession()
                        .flatMap(session -> session.createSelectionQuery(query, Object[].class)
                                .setParameter("organization", organization.value())
                                .setParameter("slug", project.slug())
                                .getSingleResultOrNull()))
                .onItem()
                .transform(row -> {
                    if (row == null) {
                        throw ApiException.NotFound.of("project");
                    }
                    caller.requireOrganization((Long) row[1]);
                    throw new ApiException.Moved((String) row[0]);
                });
    }
}
